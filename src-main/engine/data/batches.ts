import type { Preprocessing, SampleValues } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { deriveSeed, seededRandom, shuffle } from '../random'
import { Augmenter } from './augment/augmenter'
import type { EpochAugmentation } from './augment/plan'
import type { DatasetPart } from './dataset'
import { gatherRows, ReadFault, type RowSource } from './store/rows'

/** Samples as a data set keeps them: `count` of them one after another, not yet preprocessed. */
export interface Samples {
  readonly count: number
  readonly values: SampleValues
}

export interface Batch extends Samples {
  readonly labels: Int32Array
  /** Of mixed samples: the label of what each was mixed with, and the share (0 to 1) that its own one keeps. */
  readonly mixed?: { readonly labels: Int32Array; readonly shares: Float32Array }
}

/** Gives batches of a part, one for each piece of positions. A batch is good until the next one is asked for. */
export interface BatchSource {
  read(
    part: DatasetPart,
    pieces: Iterable<Uint32Array>,
    preprocessing: Preprocessing,
    augmentation?: EpochAugmentation,
  ): AsyncIterable<Batch>
}

/** Gathers each batch when it is asked for, on the thread that asks. */
export const directBatches: BatchSource = {
  async *read(part, pieces, preprocessing, augmentation) {
    for (const positions of pieces) yield readBatch(part, positions, preprocessing, augmentation)
  },
}

/** The samples of a part at some positions, with their labels; augmented where that is asked for. */
export function readBatch(
  part: DatasetPart,
  positions: Uint32Array,
  preprocessing: Preprocessing,
  augmentation?: EpochAugmentation,
): Batch {
  const { source } = part
  const bytes = new Uint8Array(positions.length * source.rowBytes)
  const rows = rowsAt(part, positions)
  readInto(source, rows, bytes)
  const batch = asBatch(part, positions, preprocessing, bytes.buffer)
  if (!augmentation) return batch
  const { plan, epoch } = augmentation
  return withShares(batch, new Augmenter(plan).augment(batch.values, rows, epoch))
}

/** As `gatherRows`, with the error that a person is told. */
export function readInto(source: RowSource, rows: Uint32Array, target: Uint8Array): void {
  try {
    gatherRows(source, rows, target)
  } catch (thrown) {
    throw thrown instanceof ReadFault ? new AppError(thrown.code, thrown.params, { cause: thrown }) : thrown
  }
}

/** A batch whose samples were mixed, each with the next one, the last one with the first. */
export function withShares(batch: Batch, shares: Float32Array | undefined): Batch {
  if (!shares) return batch
  const labels = new Int32Array(batch.count)
  labels.set(batch.labels.subarray(1))
  labels.set(batch.labels.subarray(0, 1), batch.count - 1)
  return { ...batch, mixed: { labels, shares } }
}

/** Gathered rows as a batch: a view of `buffer`, which may be longer. */
export function asBatch(
  part: DatasetPart,
  positions: Uint32Array,
  { floats }: Preprocessing,
  buffer: ArrayBufferLike,
): Batch {
  const length = positions.length * part.source.rowBytes
  const labels = new Int32Array(positions.length)
  for (let n = 0; n < labels.length; n++) labels[n] = part.labels[positions[n] ?? 0] ?? 0
  return {
    count: positions.length,
    values: floats ? new Float32Array(buffer, 0, length / 4) : new Uint8Array(buffer, 0, length),
    labels,
  }
}

/** The rows of a part's samples in its source; one that is out of range stands for a position that is. */
export function rowsAt({ rows }: DatasetPart, positions: Uint32Array): Uint32Array<ArrayBuffer> {
  const found = new Uint32Array(positions.length)
  // Plain loops here and above: `from` takes many times as long, on the thread that steps.
  for (let n = 0; n < found.length; n++) found[n] = rows[positions[n] ?? rows.length] ?? 0xffffffff
  return found
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

/** Large batches are read ahead in pieces of at most so many bytes. */
const pieceBytes = 16 * 2 ** 20

/** How many samples of a part are at most to be read at once. */
export function largestPiece({ source }: DatasetPart): number {
  return Math.max(1, Math.floor(pieceBytes / source.rowBytes))
}

/** Cuts positions into pieces of at most `size`. */
export function* pieces(positions: Uint32Array, size: number): Generator<Uint32Array> {
  for (let at = 0; at < positions.length; at += size) yield positions.subarray(at, at + size)
}
