import type { SampleValues } from '@shared/data/preprocessing'
import type { SampleFlag, StoredPart } from '@shared/data/stored-dataset'
import { LookAlikes } from './look-alikes'
import { printOf, type Print } from './prints'

interface Known {
  readonly part: StoredPart
  readonly label: number
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
 * Notices samples that equal an earlier one (by a digest of their values) or look like it: pictures by their difference hash
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
  /** Of pictures, and what is known of each that is among them. */
  readonly #lookAlikes: LookAlikes | undefined
  readonly #seen: Known[] = []
  readonly #shape: readonly number[]

  /** `shape`: `[height, width, channels]` of pictures; anything else is compared value by value only. */
  constructor(shape: readonly number[]) {
    this.#shape = shape
    this.#lookAlikes = shape.length === 3 ? new LookAlikes(shape[2] ?? 1) : undefined
  }

  /** The flags of a sample, which is remembered for those to come. */
  flagsOf(values: SampleValues, part: StoredPart, label: number): readonly SampleFlag[] {
    return this.flagsOfPrint(printOf(values, this.#shape), part, label)
  }

  /** The flags of a sample by its print. */
  flagsOfPrint({ constant, digest, cells }: Print, part: StoredPart, label: number): readonly SampleFlag[] {
    const known = { part, label }
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
    if (!this.#lookAlikes) return []
    const alike = this.#seen[this.#lookAlikes.add(cells)]
    this.#seen.push(known)
    if (!alike) return []
    this.counts.nearDuplicates += 1
    return ['near-duplicate', ...this.#across(alike, known)]
  }

  #across(earlier: Known, known: Known): SampleFlag[] {
    if (earlier.part === known.part) return []
    this.counts.acrossParts += 1
    return ['across-parts']
  }
}
