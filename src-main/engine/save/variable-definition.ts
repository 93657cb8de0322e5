import type { Graph } from '../graph/graph'
import type { Variables, Weight } from '../graph/variables'
import { intField, textField } from './bundle/protobuf'

/**
 * How TensorFlow in Python takes a graph's variable for one of its own (variable.proto), an encoded message: without it,
 * two models in one process would share variables of the same name. Adds the operations that it names to the graph, and
 * gives the names of those that must be kept.
 */
export function defineVariable(
  graph: Graph,
  variables: Variables,
  weight: Weight,
  trainable: boolean,
): { bytes: Uint8Array; needs: string[] } {
  const sizes = graph.constant({ dtype: 'int32', shape: [weight.shape.length], values: weight.shape })
  const types = { T: { type: 'float32' }, index_type: { type: 'int32' } } as const
  const initial = graph.op('Fill', [sizes, graph.scalar(0)], types, { dtype: 'float32' })
  const initialize = variables.assign(weight, initial)
  const snapshot = variables.read(weight)
  const bytes = [
    ...textField(1, `${weight.handle.node}:0`),
    ...textField(2, initialize),
    ...textField(3, `${snapshot.node}:0`),
    // It is a resource.
    ...intField(5, 1),
    ...textField(6, `${initial.node}:0`),
    ...intField(7, trainable ? 1 : 0),
  ]
  return { bytes: Uint8Array.from(bytes), needs: [initialize, snapshot.node] }
}
