import { z } from 'zod'

/** Gives the text of a message key with its placeholders filled, in whatever language the reader has. */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

/** A text whose language its reader decides: the key of a message, and what fills its placeholders. */
export interface Words {
  readonly key: string
  readonly params: WordParams
}

/** What fills the placeholders of a message: names and numbers as they are, and texts in the reader's language. */
export type WordParams = Readonly<Record<string, string | number | Words>>

const Words: z.ZodType<Words> = z.lazy(() => z.object({ key: z.string(), params: WordParams }))
export const WordParams: z.ZodType<WordParams> = z.record(z.string(), z.union([z.string(), z.number(), Words]))

/** Words, or what needs none, in the reader's language. */
export function spell(words: string | Words, translate: Translate): string {
  return typeof words === 'string' ? words : translate(words.key, spellAll(words.params, translate))
}

/** All that fills a message in the reader's language. */
export function spellAll(params: WordParams, translate: Translate): Record<string, string | number> {
  const entries = Object.entries(params)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' ? value : spell(value, translate)]),
  )
}
