import type { Batch, Samples } from '../data/batches'
import type { Weight, WeightPlace } from '../model/weights'

/** What a batch showed. */
export interface StepResult {
  /** The mean over its samples of the outputs' losses, each times its weight; in a step with what the weights add. */
  readonly loss: number
  /** How many samples the main output guessed right. */
  readonly hits: number
  /** The mean of each output's own loss, the main one's first; none where there is but one output. */
  readonly losses: readonly number[]
}

/** An array of an optimizer's memory. */
export interface OptimizerArray {
  readonly name: string
  readonly dtype: 'float32' | 'int32'
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array
}

/** All that training goes on from: a stepper that is given it continues as if it had never stopped. */
export interface TrainingState {
  /** Steps done. */
  readonly step: number
  readonly weights: readonly Weight[]
  readonly optimizer: readonly OptimizerArray[]
}

/**
 * Moves a network's weights, one batch at a time. The loop, the views and the run's folder know training by this
 * interface only, so that another way to compute can take its place.
 */
export interface Stepper {
  /** Moves the weights once; what it returns was computed with the weights in front of the move. */
  step(batch: Batch): StepResult
  /** Judges a batch without moving anything. */
  evaluate(batch: Batch): StepResult
  /** Probabilities of each class, sample by sample. */
  predict(samples: Samples): Float32Array
  /** What each output answers, the main one's probabilities first; sample by sample. */
  answers(samples: Samples): Float32Array[]
  listWeights(): WeightPlace[]
  /** Copies all weights, or only those of one node. */
  readWeights(ofNode?: string): Weight[]
  readState(): Promise<TrainingState>
  writeState(state: TrainingState): Promise<void>
  dispose(): void
}
