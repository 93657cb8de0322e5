import type { GraphBuilder } from '@shared/graph/builder'
import type { Attributes, DType, GraphValue } from '@shared/graph/value'
import { deriveSeed } from '../random'
import type { Graph } from './graph'
import type { Variables, Weight } from './variables'

/** A weight as one part of the graph reads it: what its gradient is taken by. */
export interface WeightRead {
  readonly weight: Weight
  readonly value: GraphValue
}

/** The next value of a weight that no gradient moves. */
export interface StatisticMove {
  readonly weight: Weight
  readonly next: GraphValue
}

export interface LoweringOptions {
  readonly compute: DType
  readonly training: boolean
  /** The run's seed and the step's number (int32 scalar), from which every layer's random numbers come. */
  readonly seed: number
  readonly step: GraphValue
}

/** The builder that one layer is given. */
export class LayerBuilder implements GraphBuilder {
  readonly compute: DType
  readonly training: boolean
  readonly reads: WeightRead[] = []
  readonly moves: StatisticMove[] = []
  /** What the layer's weights add to the loss, float32 scalars. */
  readonly penalties: GraphValue[] = []
  readonly #graph: Graph
  readonly #variables: Variables
  readonly #layer: string
  readonly #position: number
  readonly #options: LoweringOptions

  constructor(graph: Graph, variables: Variables, layer: string, position: number, options: LoweringOptions) {
    this.#graph = graph
    this.#variables = variables
    this.#layer = layer
    this.#position = position
    this.#options = options
    this.compute = options.compute
    this.training = options.training
  }

  op(type: string, inputs: readonly GraphValue[], attributes: Attributes = {}, dtype?: DType): GraphValue {
    return this.#graph.op(type, inputs, attributes, dtype ? { dtype } : {})
  }

  output(value: GraphValue, index: number, dtype: DType = value.dtype): GraphValue {
    return { node: value.node, output: index, dtype }
  }

  constant(
    dtype: 'float32' | 'int32' | 'int64' | 'bool',
    shape: readonly number[],
    values: readonly number[],
  ): GraphValue {
    return this.#graph.constant({ dtype, shape, values })
  }

  cast(value: GraphValue, dtype: DType): GraphValue {
    return this.#graph.cast(value, dtype)
  }

  weight(name: string, shape: readonly number[], dtype: DType = this.compute): GraphValue {
    const weight = this.#variables.weight(`${this.#layer}/${name}`, shape)
    const value = this.#variables.read(weight)
    this.reads.push({ weight, value })
    return this.#graph.cast(value, dtype)
  }

  penalize(name: string, penalty: (weight: GraphValue) => GraphValue): void {
    if (!this.training) return
    const read = this.reads.find(({ weight }) => weight.name === `${this.#layer}/${name}`)
    if (!read) throw new Error(`${this.#layer} has no weight ${name}`)
    this.penalties.push(penalty(read.value))
  }

  statistic(name: string, shape: readonly number[]): GraphValue {
    return this.#variables.read(this.#variables.weight(`${this.#layer}/${name}`, shape))
  }

  moveStatistic(name: string, next: GraphValue): void {
    this.moves.push({ weight: this.#variables.known(`${this.#layer}/${name}`), next })
  }

  randomSeed(): GraphValue {
    const salt = this.#graph.scalar(deriveSeed(this.#options.seed, 'noise', this.#position), 'int32')
    return this.#graph.op('Pack', [salt, this.#options.step], { N: { int: 2 }, axis: { int: 0 } })
  }
}
