import { headLength, Refusal, usualLimits, type Decoded, type ReadOptions, type SourceFile } from './contract'
import { isLitter } from './litter'
import { readers } from './registry'
import { unreadable } from './unreadable'

/** What became of a file: its values, or why there are none. */
export type Outcome = { readonly ok: true; readonly decoded: Decoded } | { readonly ok: false; readonly refusal: Refusal }

const usualOptions: ReadOptions = { limits: usualLimits, frames: 'first' }

/** Decodes any file by the reader that recognizes its first bytes. Whatever is in it, this gives a value and never throws. */
export async function decodeFile(file: SourceFile, options: ReadOptions = usualOptions): Promise<Outcome> {
  try {
    return { ok: true, decoded: await decode(file, options) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { ok: false, refusal: thrown }
    const detail = thrown instanceof Error ? thrown.message : String(thrown)
    return { ok: false, refusal: new Refusal('damaged', { detail }) }
  }
}

async function decode(file: SourceFile, options: ReadOptions): Promise<Decoded> {
  if (isLitter(file.name)) throw new Refusal('litter', {}, 'ignored')
  if (file.size === 0) throw new Refusal('empty')
  const head = await file.read(0, headLength)
  const reader = readers.find((one) => one.recognizes(head, file.name, file.size))
  if (!reader) throw unreadable(head, file.name)
  return reader.read(file, options)
}
