import { deriveSeed, seededRandom, shuffle } from '../random'

/** Classes by sample: bytes, or 16-bit numbers where there may be more than 256 classes. */
export type Labels = Uint8Array | Uint16Array

export interface Split {
  /** Positions in rising order. */
  readonly kept: Uint32Array
  readonly setAside: Uint32Array
}

/** The share of a data set without a test part of its own that becomes one. */
export const testShare = 0.15

/**
 * Sets a share of the samples aside so that every class gives the same share (to within one sample), the samples of
 * each class drawn by the seed. A class is never set aside as a whole.
 */
export function stratifiedSplit(labels: Labels, classCount: number, share: number, seed: number): Split {
  const members = byClass(labels, classCount)
  const quotas = shareOut(
    members.map((one) => one.length),
    share,
  )
  const aside = new Uint8Array(labels.length)
  for (const [classIndex, positions] of members.entries()) {
    const drawn = shuffle(new Uint32Array(positions), seededRandom(deriveSeed(seed, 'split', classIndex)))
    for (const position of drawn.subarray(0, quotas[classIndex])) aside[position] = 1
  }
  return { kept: positionsWhere(aside, 0), setAside: positionsWhere(aside, 1) }
}

/** The positions of each class's samples, in rising order. */
export function byClass(labels: Labels, classCount: number): Uint32Array[] {
  const counts = classCounts(labels, classCount)
  const members = counts.map((count) => new Uint32Array(count))
  const filled = new Uint32Array(classCount)
  for (let position = 0; position < labels.length; position++) {
    const label = labels[position] ?? 0
    const at = filled[label] ?? 0
    const list = members[label]
    if (list) list[at] = position
    filled[label] = at + 1
  }
  return members
}

/** How many samples each class has. */
export function classCounts(labels: Labels, classCount: number): number[] {
  const counts = new Array<number>(classCount).fill(0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

/**
 * Whole numbers near `share` of each size that sum to the rounded share of all: what the fractions leave over goes to
 * the largest of them (Hamilton's method), but no class gives its last sample.
 */
function shareOut(sizes: readonly number[], share: number): number[] {
  const quotas = sizes.map((size) => Math.min(Math.floor(size * share), Math.max(size - 1, 0)))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  let left = Math.round(total * share) - quotas.reduce((sum, quota) => sum + quota, 0)
  const byFraction = sizes
    .map((size, index) => ({ index, fraction: size * share - Math.floor(size * share), room: size - 1 }))
    .sort((one, other) => other.fraction - one.fraction || one.index - other.index)
  for (const { index, fraction, room } of byFraction) {
    const quota = quotas[index] ?? 0
    if (left <= 0 || fraction === 0 || quota >= room) continue
    quotas[index] = quota + 1
    left -= 1
  }
  return quotas
}

function positionsWhere(flags: Uint8Array, wanted: number): Uint32Array {
  const positions = new Uint32Array(flags.length)
  let filled = 0
  for (let position = 0; position < flags.length; position++) {
    if (flags[position] === wanted) positions[filled++] = position
  }
  return positions.slice(0, filled)
}
