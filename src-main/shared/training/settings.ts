import { z } from 'zod'
import { Value } from '../network/document'
import { Augmentation, noAugmentation } from './augmentation'
import { PrecisionChoice } from './precision'

/**
 * How a run is to train. One seed drives the split, the initial weights, the order of the samples, dropout and
 * augmentation.
 */
export const TrainingSettings = z.object({
  optimizer: z.object({ kind: z.string().max(64), values: z.record(z.string().max(64), Value) }),
  batchSize: z.int().min(1).max(65_536),
  epochs: z.int().min(1).max(100_000),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** The share of the training samples that is held out to judge each epoch. */
  validationShare: z.number().min(0).max(0.9),
  /** Projects from before there was a choice leave it to the trial. */
  precision: PrecisionChoice.default('auto'),
  /** What is done to training samples anew in every epoch; nothing in projects from before there was any. */
  augmentation: Augmentation.default(noAugmentation),
})
export type TrainingSettings = z.output<typeof TrainingSettings>

export const initialTraining: TrainingSettings = {
  optimizer: { kind: 'adam', values: { learningRate: 0.001 } },
  batchSize: 64,
  epochs: 5,
  seed: 1,
  validationShare: 0.1,
  precision: 'auto',
  augmentation: noAugmentation,
}
