import type { NetworkTotals } from './walk'

/** Bytes of one value in single precision. */
export const valueBytes = 4

/**
 * The memory that a training step needs at least, in bytes: each trained weight with its gradient and an optimizer's two
 * means, what is not trained, and for each sample of the batch what the layers put out, with its gradient.
 */
export function trainingMemory(
  { trainable, frozen, activations }: Pick<NetworkTotals, 'trainable' | 'frozen' | 'activations'>,
  batchSize: number,
): number {
  return (4 * trainable + frozen + 2 * activations * batchSize) * valueBytes
}
