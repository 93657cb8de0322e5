import type { GraphValue } from '@shared/graph/value'
import type { Graph } from './graph'

/** A weight of the network, trained or kept as a statistic: a variable known by its layer's node id and its Keras name. */
export interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  readonly handle: GraphValue
}

/** Anything that keeps its values between steps, weights included; `initial` fills it at first where it is no weight. */
export interface State {
  readonly name: string
  readonly shape: readonly number[]
  readonly initial: number
  readonly handle: GraphValue
}

/** The variables of a graph: each is made once, however many parts of the graph use it. */
export class Variables {
  readonly weights: Weight[] = []
  /** What is no weight: optimizer slots and running products. */
  readonly others: State[] = []
  readonly #graph: Graph

  constructor(graph: Graph) {
    this.#graph = graph
  }

  weight(name: string, shape: readonly number[]): Weight {
    const known = this.weights.find((weight) => weight.name === name)
    if (known) return known
    const weight = { name, shape, handle: this.#handle(name, shape) }
    this.weights.push(weight)
    return weight
  }

  /** The weight of a name that was made before. */
  known(name: string): Weight {
    const weight = this.weights.find((one) => one.name === name)
    if (!weight) throw new Error(`The graph has no weight ${name}.`)
    return weight
  }

  other(name: string, shape: readonly number[], initial: number): State {
    const known = this.others.find((state) => state.name === name)
    if (known) return known
    const state = { name, shape, initial, handle: this.#handle(name, shape) }
    this.others.push(state)
    return state
  }

  /** Everything that a checkpoint must hold. */
  all(): { name: string; shape: readonly number[]; handle: GraphValue }[] {
    return [...this.weights, ...this.others]
  }

  read({ handle }: { handle: GraphValue }): GraphValue {
    return this.#graph.op('ReadVariableOp', [handle], { dtype: { type: 'float32' } }, { dtype: 'float32' })
  }

  /** Writes a variable; the name of the operation. */
  assign({ handle }: { handle: GraphValue }, value: GraphValue, after: readonly string[] = []): string {
    return this.#graph.op('AssignVariableOp', [handle, value], { dtype: { type: 'float32' } }, { after }).node
  }

  #handle(name: string, shape: readonly number[]): GraphValue {
    const attributes = { dtype: { type: 'float32' }, shape: { shape }, shared_name: { text: name } } as const
    return this.#graph.op('VarHandleOp', [], attributes, { name: `variable/${name}`, dtype: 'resource' })
  }
}
