import type { GraphValue } from '@shared/graph/value'
import type { Graph, GraphNode } from '../graph'

/** What a gradient rule sees: the operation, the loss's gradient by each of its outputs (undefined: none flows). */
export interface GradientContext {
  readonly graph: Graph
  readonly node: GraphNode
  /** The operation's own output number n. */
  readonly output: (index: number, dtype?: GraphValue['dtype']) => GraphValue
  readonly gradients: readonly (GraphValue | undefined)[]
}

/**
 * The reverse-mode rule of one operation: the loss's gradient by each of its inputs, undefined where none is defined
 * (indices, shapes). At least one output's gradient is given when it is called.
 */
export type GradientRule = (context: GradientContext) => readonly (GraphValue | undefined)[]

/** The gradient by the first output, which rules with one output of interest use. */
export function first({ gradients }: GradientContext): GraphValue {
  const gradient = gradients[0]
  if (!gradient) throw new Error('A gradient rule was called without a gradient by its first output.')
  return gradient
}

/** Input n of the operation. */
export function input({ node }: GradientContext, index: number): GraphValue {
  const value = node.inputs[index]
  if (!value) throw new Error(`${node.type} ${node.name} has no input ${index}.`)
  return value
}
