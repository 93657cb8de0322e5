import { sizeOf } from '@shared/layers/shape'
import { chain } from '@shared/network/chain'
import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import { initialTraining, type TrainingSettings } from '@shared/training/settings'
import type { Batch } from '../data/batches'
import { seededRandom } from '../random'

/** A small network of every kind of layer, for 8 × 8 grey pictures of 3 classes. */
export function smallNetwork(): NetworkDocument {
  return chain(
    ['input', { shape: [8, 8, 1] }],
    ['conv2d', { filters: 4, kernel: [3, 3] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 16, activation: 'linear' }],
    ['activation', { function: 'relu' }],
    ['dropout', { rate: 0.25 }],
    ['dense', { units: 3, activation: 'softmax' }],
  )
}

/** How the pictures of `smallNetwork` are prepared. */
export const preprocessing: Preprocessing = { shape: [8, 8, 1], divisor: 255 }

export function settings(own: Partial<TrainingSettings> = {}): TrainingSettings {
  return { ...initialTraining, ...own }
}

/** Random samples in which the class decides which third of the first axis is bright: easy to learn. */
export function easyBatch(count: number, seed: number, shape: readonly number[] = [8, 8, 1]): Batch {
  const random = seededRandom(seed)
  const [height = 1] = shape
  const size = sizeOf(shape)
  const labels = Int32Array.from({ length: count }, () => random.below(3))
  const values = new Uint8Array(count * size)
  for (let at = 0; at < values.length; at++) {
    const row = Math.floor(((at % size) * height) / size)
    const bright = Math.floor((row * 3) / height) === labels[Math.floor(at / size)]
    values[at] = random.below(128) + (bright ? 100 : 0)
  }
  return { count, values, labels }
}

/** The same with second labels, and the shares that the first ones keep: 1 of some samples. */
export function mixedBatch(count: number, seed: number, shape?: readonly number[]): Batch {
  const random = seededRandom(seed + 1_000_000)
  const labels = Int32Array.from({ length: count }, () => random.below(3))
  const shares = Float32Array.from({ length: count }, (_, n) => (n % 4 === 0 ? 1 : random.below(1000) / 1000))
  return { ...easyBatch(count, seed, shape), mixed: { labels, shares } }
}
