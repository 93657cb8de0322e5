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

/** What the layers of one pass through the network have made of the weights: layers that share weights share this too. */
export interface WeightUse {
  /** Every trained weight is read once, so that its gradient is the sum over all layers that use it. */
  readonly reads: Map<string, WeightRead>
  /** Every layer that uses a statistic moves it on from where the one before left it. */
  readonly moves: Map<string, StatisticMove>
  /** What each weight adds to the loss, float32 scalars. */
  readonly penalties: Map<string, GraphValue>
}

/** Where a layer stands, and whose weights it uses. */
export interface LayerPlace {
  readonly position: number
  /** The node whose weights they are: its own id, or that of the layer to which it is tied. */
  readonly owner: string
}

/** Operations that only lay values out in another way. */
const arranging: ReadonlySet<string> = new Set(['Reshape', 'Slice', 'Transpose'])

/** The builder that one layer is given. */
export class LayerBuilder implements GraphBuilder {
  readonly compute: DType
  readonly training: boolean
  readonly #graph: Graph
  readonly #variables: Variables
  readonly #use: WeightUse
  readonly #place: LayerPlace
  readonly #options: LoweringOptions

  constructor(graph: Graph, variables: Variables, use: WeightUse, place: LayerPlace, options: LoweringOptions) {
    this.#graph = graph
    this.#variables = variables
    this.#use = use
    this.#place = place
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

  exact(value: GraphValue): GraphValue {
    const { type, inputs, attributes } = this.#graph.node(value.node)
    const [source, ...others] = inputs
    if (source?.dtype === 'float32' && type === 'Cast') return source
    if (!source || !arranging.has(type)) return value
    const exact = this.exact(source)
    return exact === source
      ? value
      : this.#graph.op(type, [exact, ...others], { ...attributes, T: { type: exact.dtype } })
  }

  weight(name: string, shape: readonly number[], dtype: DType = this.compute): GraphValue {
    const weight = this.#variables.weight(this.#nameOf(name), shape)
    const read = this.#use.reads.get(weight.name) ?? { weight, value: this.#variables.read(weight) }
    this.#use.reads.set(weight.name, read)
    return this.#graph.cast(read.value, dtype)
  }

  penalize(name: string, penalty: (weight: GraphValue) => GraphValue): void {
    if (!this.training) return
    const key = this.#nameOf(name)
    const read = this.#use.reads.get(key)
    if (!read) throw new Error(`There is no weight ${key}`)
    if (!this.#use.penalties.has(key)) this.#use.penalties.set(key, penalty(read.value))
  }

  statistic(name: string, shape: readonly number[]): GraphValue {
    const weight = this.#variables.weight(this.#nameOf(name), shape)
    return this.#use.moves.get(weight.name)?.next ?? this.#variables.read(weight)
  }

  moveStatistic(name: string, next: GraphValue): void {
    const weight = this.#variables.known(this.#nameOf(name))
    this.#use.moves.set(weight.name, { weight, next })
  }

  randomSeed(): GraphValue {
    const salt = this.#graph.scalar(deriveSeed(this.#options.seed, 'noise', this.#place.position), 'int32')
    return this.#graph.op('Pack', [salt, this.#options.step], { N: { int: 2 }, axis: { int: 0 } })
  }

  #nameOf(weight: string): string {
    return `${this.#place.owner}/${weight}`
  }
}
