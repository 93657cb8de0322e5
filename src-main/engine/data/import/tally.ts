import type { ImportReport } from '@shared/data/import'
import type { JournalMark } from '@shared/data/import-journal'
import type { SkippedFile } from '@shared/data/stored-dataset'
import { shapeText } from '@shared/layers/shape'
import type { DecodedFacts } from './prepare-item'

type TallyNews = Pick<JournalMark, 'used' | 'skipped' | 'sizes' | 'notes'>
type SizeCounts = Map<string, ImportReport['sizes'][number]>

/** Counts what becomes of files, and tells a journal what came since it was last told. */
export class Tally {
  readonly skipped: SkippedFile[] = []
  /** Files, where an item may be several. */
  used = 0
  /** Codes of what readers noted, with how many files each is of. */
  readonly notes = new Map<string, number>()
  readonly #sizes: SizeCounts = new Map()
  #newSkipped: SkippedFile[] = []
  #newNotes: Record<string, number> = {}
  #newSizes: SizeCounts = new Map()

  /** Takes over what an earlier session counted. */
  constructor(before?: TallyNews) {
    if (!before) return
    this.used = before.used
    for (const file of before.skipped) this.skipped.push(file)
    for (const { shape, rate, count } of before.sizes) addSize(this.#sizes, sizeKey(shape, rate), shape, rate, count)
    for (const [code, count] of Object.entries(before.notes)) this.notes.set(code, count)
  }

  skip(files: readonly SkippedFile[]): void {
    this.skipped.push(...files)
    this.#newSkipped.push(...files)
  }

  /** An item of so many files came in. */
  use({ shape, rate, notes }: DecodedFacts, files: number): void {
    this.used += files
    const key = sizeKey(shape, rate)
    addSize(this.#sizes, key, shape, rate, 1)
    addSize(this.#newSizes, key, shape, rate, 1)
    for (const { code } of notes) {
      this.notes.set(code, (this.notes.get(code) ?? 0) + 1)
      this.#newNotes[code] = (this.#newNotes[code] ?? 0) + 1
    }
  }

  /** How many files came in each size, of sounds also at each rate; the most frequent first. */
  get sizes(): ImportReport['sizes'] {
    return [...this.#sizes.values()].sort((one, other) => other.count - one.count)
  }

  /** What came since this was last asked, and how many files were used in all. */
  take(): TallyNews {
    const news = {
      used: this.used,
      skipped: this.#newSkipped,
      sizes: [...this.#newSizes.values()],
      notes: this.#newNotes,
    }
    this.#newSkipped = []
    this.#newSizes = new Map()
    this.#newNotes = {}
    return news
  }
}

function sizeKey(shape: readonly number[], rate: number | undefined): string {
  return `${shapeText(shape)} ${rate ?? ''}`
}

function addSize(
  sizes: SizeCounts,
  key: string,
  shape: readonly number[],
  rate: number | undefined,
  count: number,
): void {
  const known = sizes.get(key)
  if (known) known.count += count
  else sizes.set(key, { shape: [...shape], ...(rate ? { rate } : {}), count })
}
