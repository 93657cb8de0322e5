import type { Attributes, GraphValue } from './value'

/**
 * What an optimizer is given to describe the update of one weight as TensorFlow operations. The learning rate is fed
 * with every step, so that a schedule may change it.
 */
export interface UpdateBuilder {
  /** The weight's variable, its gradient, and the learning rate of this step. */
  readonly variable: GraphValue
  readonly gradient: GraphValue
  readonly learningRate: GraphValue
  op(type: string, inputs: readonly GraphValue[], attributes?: Attributes): GraphValue
  scalar(value: number): GraphValue
  /** A variable of the weight's shape that keeps its values between steps; zero at first. */
  slot(name: string): GraphValue
  /** `base` to the power of the step's number, counted from 1. */
  power(name: string, base: number): GraphValue
}
