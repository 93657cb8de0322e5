import { z } from 'zod'

/**
 * Means over one epoch; validation values are null where nothing is held out, or where a stop came before they were
 * known. Accuracies from 0 to 1, of the main output. Where there are several outputs, a loss is the sum of theirs, each
 * times its weight.
 */
export const EpochMetrics = z.object({
  /** From 1. */
  epoch: z.int().min(1),
  /** Steps done since the run began, at the end of this epoch. */
  step: z.int().min(0),
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  /** Each output's own losses, the main one's first; missing where there is but one output. */
  outputs: z.array(z.object({ loss: z.number(), validationLoss: z.number().nullable() })).optional(),
  /** Training alone, without validation. */
  seconds: z.number().min(0),
})
export type EpochMetrics = z.output<typeof EpochMetrics>

/** Where a run stands. */
export const RunProgress = z.object({
  /** The epoch under way, from 1. */
  epoch: z.int().min(0),
  epochs: z.int().min(1),
  step: z.int().min(0),
  stepsPerEpoch: z.int().min(0),
  imagesPerSecond: z.number().min(0),
  /** Null while there is nothing to judge by. */
  secondsLeft: z.number().min(0).nullable(),
})
export type RunProgress = z.output<typeof RunProgress>

/**
 * News of a run since the last batch: the loss and accuracy of each training step from `firstStep` (counted from 1)
 * on, and the epochs that ended. Batches are numbered without gaps, so that a loss of one would be noticed.
 */
export const MetricBatch = z.object({
  runId: z.string(),
  sequence: z.int().min(0),
  firstStep: z.int().min(1),
  loss: z.instanceof(Float32Array),
  accuracy: z.instanceof(Float32Array),
  /** Each output's own loss by step, the main one's first; missing where there is but one output. */
  outputLosses: z.array(z.instanceof(Float32Array)).optional(),
  epochs: z.array(EpochMetrics),
  progress: RunProgress,
})
export type MetricBatch = z.output<typeof MetricBatch>

/** A run's whole history as recorded. Step n stands at index n - 1. */
export const RunHistory = z.object({
  loss: z.instanceof(Float32Array),
  accuracy: z.instanceof(Float32Array),
  outputLosses: z.array(z.instanceof(Float32Array)).optional(),
  epochs: z.array(EpochMetrics),
})
export type RunHistory = z.output<typeof RunHistory>
