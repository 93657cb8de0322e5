import type { Attributes, DType, GraphValue } from './value'

/**
 * What a layer kind is given to describe itself as TensorFlow operations: ops by name and attributes, as data. Where
 * gradients come from is none of its business: every op brings its own (engine/graph/gradients).
 */
export interface GraphBuilder {
  /** The type that products are computed in; weights arrive in it, sums and the loss stay in float32. */
  readonly compute: DType
  /** Whether the graph being built trains: dropout and batch statistics apply. */
  readonly training: boolean
  /** Adds an operation with one output of interest. `dtype` is the output's, by default that of the first input. */
  op(type: string, inputs: readonly GraphValue[], attributes?: Attributes, dtype?: DType): GraphValue
  /** Another output of the operation behind `value`. */
  output(value: GraphValue, index: number, dtype?: DType): GraphValue
  constant(
    dtype: 'float32' | 'int32' | 'int64' | 'bool',
    shape: readonly number[],
    values: readonly number[],
  ): GraphValue
  /** `value` in another type; itself where it has that type. */
  cast(value: GraphValue, dtype: DType): GraphValue
  /** Values in float32 where they were so before they were cast to the compute type and, at most, laid out anew. */
  exact(value: GraphValue): GraphValue
  /** A trainable weight of the layer by its Keras name (`kernel`, `bias`), in the compute type unless another is given. */
  weight(name: string, shape: readonly number[], dtype?: DType): GraphValue
  /** Makes of a weight (float32, by its Keras name) a float32 scalar that training adds to the loss; nothing elsewhere. */
  penalize(name: string, penalty: (weight: GraphValue) => GraphValue): void
  /** A weight that no gradient moves (`moving_mean`), by its Keras name, in float32. */
  statistic(name: string, shape: readonly number[]): GraphValue
  /** Gives a statistic its next value, float32, at the end of every training step whose loss is a number. */
  moveStatistic(name: string, next: GraphValue): void
  /** A number per layer and step for stateless random ops: int32 `[2]`, different at every training step. */
  randomSeed(): GraphValue
}
