import type { SampleValues } from '@shared/data/preprocessing'
import type { SampleFlag, StoredPart } from '@shared/data/stored-dataset'
import { gridColumns, gridRows, printOf, type Print } from './prints'

/** Hashes this near (of 64 bits) are of pictures that look alike. */
const nearBits = 2

/** Cells of the grid may differ by this on average (of 255): plain pictures, as digits on black, share hashes by chance. */
const nearBrightness = 4

interface Known {
  readonly part: StoredPart
  readonly label: number
}

interface Seen {
  readonly hash: readonly number[]
  readonly cells: Uint8Array
  readonly known: Known
}

/** How many samples equal or resemble an earlier one. */
export interface DuplicateCounts {
  duplicates: number
  nearDuplicates: number
  acrossParts: number
  /** Equal samples of two classes: one of the labels must be wrong. */
  contradictions: number
  constant: number
}

/**
 * Notices samples that equal an earlier one (SHA-1 of their values) or look like it: pictures by their difference hash
 * (Krawetz 2013: whether brightness rises from one cell of a 9 × 8 grid to the next), at most two of its 64 bits apart.
 */
export class DuplicateFinder {
  readonly counts: DuplicateCounts = {
    duplicates: 0,
    nearDuplicates: 0,
    acrossParts: 0,
    contradictions: 0,
    constant: 0,
  }
  readonly #exact = new Map<string, Known>()
  readonly #bands: readonly Map<number, Seen[]>[] = [0, 1, 2, 3].map(() => new Map())
  readonly #shape: readonly number[]

  /** `shape`: `[height, width, channels]` of pictures; anything else is compared value by value only. */
  constructor(shape: readonly number[]) {
    this.#shape = shape
  }

  get ofPictures(): boolean {
    return this.#shape.length === 3
  }

  /** The flags of a sample, which is remembered for those to come; `print` is its print, where it is known already. */
  flagsOf(values: SampleValues, part: StoredPart, label: number, print = printOf(values, this.#shape)): SampleFlag[] {
    return this.#flagsOf(print, { part, label })
  }

  #flagsOf({ constant, digest, cells }: Print, known: Known): SampleFlag[] {
    if (constant) {
      this.counts.constant += 1
      return ['constant']
    }
    const equal = this.#exact.get(digest)
    if (equal) {
      this.counts.duplicates += 1
      if (equal.label !== known.label) this.counts.contradictions += 1
      return ['duplicate', ...this.#across(equal, known)]
    }
    this.#exact.set(digest, known)
    if (!this.ofPictures) return []
    const seen: Seen = { hash: differenceHash(cells, this.#shape[2] ?? 1), cells, known }
    const alike = this.#alike(seen)
    for (const [band, map] of this.#bands.entries()) {
      const list = map.get(seen.hash[band] ?? 0)
      if (list) list.push(seen)
      else map.set(seen.hash[band] ?? 0, [seen])
    }
    if (!alike) return []
    this.counts.nearDuplicates += 1
    return ['near-duplicate', ...this.#across(alike, known)]
  }

  #across(earlier: Known, known: Known): SampleFlag[] {
    if (earlier.part === known.part) return []
    this.counts.acrossParts += 1
    return ['across-parts']
  }

  /** Two hashes at most two bits apart agree in two of four bands at least, and so are found by any band they share. */
  #alike({ hash, cells }: Seen): Known | undefined {
    for (const [band, map] of this.#bands.entries()) {
      const found = map
        .get(hash[band] ?? 0)
        ?.find((other) => distance(other.hash, hash) <= nearBits && difference(other.cells, cells) <= nearBrightness)
      if (found) return found.known
    }
    return undefined
  }
}

/** Whether two pictures look alike, by what is known of them. */
export function looksLike(one: Print, other: Print, channels: number): boolean {
  const apart = distance(differenceHash(one.cells, channels), differenceHash(other.cells, channels))
  return apart <= nearBits && difference(one.cells, other.cells) <= nearBrightness
}

/** The difference hash of a grid of 8 rows of 9 cells, as four numbers of 16 bits. */
function differenceHash(cells: Uint8Array, channels: number): readonly number[] {
  const brightness = (cell: number) => {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += cells[cell * channels + channel] ?? 0
    return sum
  }
  const words = [0, 0, 0, 0]
  for (let row = 0; row < gridRows; row++) {
    for (let column = 0; column < gridColumns - 1; column++) {
      const at = row * gridColumns + column
      const word = row >> 1
      if (brightness(at + 1) > brightness(at)) words[word] = (words[word] ?? 0) | (1 << ((row % 2) * 8 + column))
    }
  }
  return words
}

function distance(one: readonly number[], other: readonly number[]): number {
  let sum = 0
  for (let n = 0; n < one.length; n++) sum += bits((one[n] ?? 0) ^ (other[n] ?? 0))
  return sum
}

/** How much two grids differ in a cell on average. */
function difference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0
  for (let n = 0; n < one.length; n++) sum += Math.abs((one[n] ?? 0) - (other[n] ?? 0))
  return sum / one.length
}

function bits(word: number): number {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1
  return count
}
