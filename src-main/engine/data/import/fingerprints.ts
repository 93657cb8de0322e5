import type { SampleValues } from '@shared/data/preprocessing'
import type { SampleFlag, StoredPart } from '@shared/data/stored-dataset'
import { gridColumns, gridRows, printOf, type Print } from './prints'

/** Hashes this near (of 64 bits) are of pictures that look alike. */
const nearBits = 2

/** Cells of the grid may differ by this on average (of 255): plain pictures, as digits on black, share hashes by chance. */
const nearBrightness = 4

/** 64 bits, in two numbers. */
type Hash = readonly [number, number]

interface Known {
  readonly part: StoredPart
  readonly label: number
}

interface Seen {
  readonly hash: Hash
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
  readonly #halves: readonly Map<number, Seen[]>[] = pairs.map(() => new Map())
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
    for (const [n, map] of this.#halves.entries()) {
      const half = halfOf(seen.hash, n)
      const list = map.get(half)
      if (list) list.push(seen)
      else map.set(half, [seen])
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

  /** Two hashes at most two bits apart agree in two of four bands at least, and so are found by such a half of them. */
  #alike({ hash, cells }: Seen): Known | undefined {
    for (const [n, map] of this.#halves.entries()) {
      for (const other of map.get(halfOf(hash, n)) ?? []) {
        const near = distance(other.hash, hash) <= nearBits && firstShared(other.hash, hash) === n
        if (near && isAlike(other.cells, cells)) return other.known
      }
    }
    return undefined
  }
}

/** Whether two pictures look alike, by what is known of them. */
export function looksLike(one: Print, other: Print, channels: number): boolean {
  const apart = distance(differenceHash(one.cells, channels), differenceHash(other.cells, channels))
  return apart <= nearBits && isAlike(one.cells, other.cells)
}

/** The difference hash of a grid of 8 rows of 9 cells: four rows to a number. */
function differenceHash(cells: Uint8Array, channels: number): Hash {
  const upper = gridRows / 2
  return [hashOfRows(cells, 0, upper, channels), hashOfRows(cells, upper, gridRows, channels)]
}

function hashOfRows(cells: Uint8Array, from: number, to: number, channels: number): number {
  let hash = 0
  for (let row = from, cell = from * gridColumns; row < to; row++) {
    let before = brightness(cells, cell++, channels)
    for (let column = 1; column < gridColumns; column++) {
      const here = brightness(cells, cell++, channels)
      hash = (hash << 1) | (here > before ? 1 : 0)
      before = here
    }
  }
  return hash
}

/** All pairs of four bands. */
const pairs = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
] as const

/** The half of a hash that a pair of bands is. A band has the bits of every fourth column: some from all over the picture. */
function halfOf(hash: Hash, pair: number): number {
  const [one, other] = pairs[pair] ?? pairs[0]
  return bandOf(hash, one) | (bandOf(hash, other) << 2)
}

/** The first pair of bands in which two hashes agree: of all the halves that they share one is enough to look at. */
function firstShared(one: Hash, other: Hash): number {
  const unequal = (one[0] ^ other[0]) | (one[1] ^ other[1])
  const differs = (band: number) => (unequal & (0x11111111 << band)) !== 0
  return pairs.findIndex(([band, second]) => !differs(band) && !differs(second))
}

function bandOf([upper, lower]: Hash, band: number): number {
  return ((upper >>> band) & 0x11111111) | (((lower >>> band) & 0x11111111) << 1)
}

function brightness(cells: Uint8Array, cell: number, channels: number): number {
  let sum = 0
  for (let channel = 0; channel < channels; channel++) sum += cells[cell * channels + channel] ?? 0
  return sum
}

function distance(one: Hash, other: Hash): number {
  return bits(one[0] ^ other[0]) + bits(one[1] ^ other[1])
}

/** Whether two grids differ by no more than `nearBrightness` in a cell on average. */
function isAlike(one: Uint8Array, other: Uint8Array): boolean {
  const most = nearBrightness * one.length
  let sum = 0
  for (let n = 0; n < one.length && sum <= most; n++) sum += Math.abs((one[n] ?? 0) - (other[n] ?? 0))
  return sum <= most
}

/** How many bits of 32 are set: counted in pairs, fours and eights, which are then summed up. */
function bits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
