import { totalmem } from 'node:os'
import { AppError } from '@shared/ipc/errors'
import type { NetworkDocument } from '@shared/network/document'
import { trainingMemory, valueBytes } from '@shared/network/memory'
import { totals, walk } from '@shared/network/walk'

const judgingBytes = 256 * 2 ** 20
const largestJudgingBatch = 1000

/** No network was measured to take a smaller part of what is reckoned: the most was saved by a shorter number type. */
const leastShare = 0.4

/**
 * Refuses a run that would surely need more memory than the computer has: TensorFlow can end the whole process where
 * memory runs out.
 */
export function refuseTooLarge(network: NetworkDocument, batchSize: number, available = totalmem()): void {
  const needed = leastShare * trainingMemory(totals(walk(network)), { batchSize })
  if (needed <= available) return
  const gigabytes = (bytes: number) => Number((bytes / 2 ** 30).toFixed(1))
  throw new AppError('not-enough-memory', { needed: gigabytes(needed), available: gigabytes(available) })
}

/** How many samples are judged at once: large batches are faster, as long as what the layers put out stays small. */
export function judgingBatch(network: NetworkDocument): number {
  const { activations } = totals(walk(network))
  const fitting = Math.floor(judgingBytes / (Math.max(activations, 1) * valueBytes))
  return Math.min(Math.max(fitting, 1), largestJudgingBatch)
}
