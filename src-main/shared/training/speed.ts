import { z } from 'zod'
import { NetworkDocument } from '../network/document'
import { Augmentation } from './augmentation'
import { Precision, TrainingPath } from './precision'

/** A measurement of how fast a network trains, on made-up samples of its own input's shape. */
export const SpeedRequest = z.object({
  network: NetworkDocument,
  batchSize: z.int().min(1).max(65_536),
  steps: z.int().min(1).max(100_000),
  path: TrainingPath,
  precision: Precision,
  /** What is done to the samples on their way; absent: nothing. */
  augmentation: Augmentation.optional(),
})
export type SpeedRequest = z.output<typeof SpeedRequest>

export const SpeedReport = z.object({
  /** Samples a second: waiting for samples, which are read ahead, preprocessing, step, and reading loss and hits. */
  samplesPerSecond: z.number().min(0),
  /** The middle one of all steps. */
  millisecondsPerStep: z.number().min(0),
  /** Of all time, the share that was spent waiting for samples. */
  waitingShare: z.number().min(0),
  /** Of the whole process, in bytes, after the last step. */
  memory: z.number().min(0),
})
export type SpeedReport = z.output<typeof SpeedReport>
