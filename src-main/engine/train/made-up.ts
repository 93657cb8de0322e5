import { sizeOf } from '@shared/layers/shape'
import type { DatasetPart } from '../data/dataset'
import { byClass } from '../data/split'
import { seededRandom } from '../random'

/** Samples of noise with labels by turns, in memory: enough to measure speed by. */
export function madeUpSamples(count: number, shape: readonly number[], classCount: number): DatasetPart {
  const size = sizeOf(shape)
  const random = seededRandom(1)
  const values = new Uint32Array(Math.ceil((count * size) / 4)).map(() => random.next())
  const bytes = new Uint8Array(values.buffer)
  const labels = Uint8Array.from({ length: count }, (_, n) => n % classCount)
  return {
    count,
    labels,
    members: byClass(labels, classCount),
    copy: (index, target, at) => target.set(bytes.subarray(index * size, (index + 1) * size), at),
  }
}
