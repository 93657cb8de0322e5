import type { Preprocessing } from '@shared/data/preprocessing'
import { sizeOf } from '@shared/layers/shape'
import { deriveSeed, seededRandom, shuffle } from '../random'
import type { DatasetPart } from './dataset'

/** Samples as a data set keeps them: `count` of them one after another, values 0 to 255, not yet preprocessed. */
export interface Samples {
  readonly count: number
  readonly values: Uint8Array
}

export interface Batch extends Samples {
  readonly labels: Int32Array
}

/** The samples of a part at some positions, with their labels. */
export function readBatch(part: DatasetPart, positions: Uint32Array, { shape }: Preprocessing): Batch {
  const size = sizeOf(shape)
  const values = new Uint8Array(positions.length * size)
  for (const [n, position] of positions.entries()) part.copy(position, values, n * size)
  return {
    count: positions.length,
    values,
    labels: Int32Array.from(positions, (position) => part.labels[position] ?? 0),
  }
}

/** The positions in the order of an epoch (from 1), which the seed decides; the last piece may be smaller. */
export function* epochBatches(
  positions: Uint32Array,
  batchSize: number,
  seed: number,
  epoch: number,
): Generator<Uint32Array> {
  const order = shuffle(new Uint32Array(positions), seededRandom(deriveSeed(seed, 'shuffle', epoch)))
  yield* pieces(order, batchSize)
}

/** Cuts positions into pieces of at most `size`. */
export function* pieces(positions: Uint32Array, size: number): Generator<Uint32Array> {
  for (let at = 0; at < positions.length; at += size) yield positions.subarray(at, at + size)
}
