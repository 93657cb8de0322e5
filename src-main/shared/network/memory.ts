import type { Precision, TrainingPath } from '../training/precision'
import type { NetworkTotals } from './walk'

/** Bytes of one value in single precision. */
export const valueBytes = 4

/** Each trained weight: itself, its gradient, an optimizer's two means, and copies while first values are handed on. */
const copiesOfWeights = 7

export interface TrainingWay {
  readonly batchSize: number
  readonly path?: TrainingPath
  readonly precision?: Precision
}

/**
 * The memory that training takes about, in bytes, besides what the program itself takes: the weights, what the layers put
 * out for the batch (twice in the eager path, which lets nothing go within a step), and twice the largest of it for the
 * gradients under way. Measured (memory.train.test.ts), networks that need much take 0.7 to 1.2 times as much.
 */
export function trainingMemory(
  { trainable, frozen, activations, largest }: Pick<NetworkTotals, 'trainable' | 'frozen' | 'activations' | 'largest'>,
  { batchSize, path = 'compiled', precision = 'float32' }: TrainingWay,
): number {
  const kept = (path === 'eager' ? 2 : 1) * activations + 2 * largest
  const bytes = precision === 'float32' ? valueBytes : valueBytes / 2
  return (copiesOfWeights * trainable + frozen) * valueBytes + kept * batchSize * bytes
}
