import { z } from 'zod'
import { DatasetSource } from '../data/dataset'

/** Which labels are to be doubted, by what a run's network makes of the samples. */
export const SuspiciousRequest = z.object({
  /** What its progress is told under. */
  id: z.string().max(64),
  /** The data as it is labelled now: the run's own, edited since or not. */
  source: DatasetSource,
  /** The test samples too. They are fenced from training; who corrects them changes what results mean. */
  test: z.boolean(),
  /** So many are told at most. */
  most: z.int().min(1).max(100_000),
})
export type SuspiciousRequest = z.output<typeof SuspiciousRequest>

/**
 * Samples that the network takes for another class than they are labelled, the least credible label first: columns of
 * one length.
 */
export const SuspiciousLabels = z.object({
  /** Training steps behind the weights. */
  step: z.int().min(0),
  /** Samples that were judged, and those left out since the network does not know their class. */
  looked: z.int().min(0),
  unknown: z.int().min(0),
  /** Of the judged, those taken for another class; as many as `rows` unless there are more than asked for. */
  found: z.int().min(0),
  rows: z.instanceof(Uint32Array),
  /** Positions in the data set's classes. */
  given: z.instanceof(Uint32Array),
  guesses: z.instanceof(Uint32Array),
  /** The probabilities of the given class and of the guess. */
  confidence: z.instanceof(Float32Array),
  guessConfidence: z.instanceof(Float32Array),
})
export type SuspiciousLabels = z.output<typeof SuspiciousLabels>

export const SuspiciousProgress = z.object({ id: z.string().max(64), done: z.int().min(0), total: z.int().min(0) })
export type SuspiciousProgress = z.output<typeof SuspiciousProgress>
