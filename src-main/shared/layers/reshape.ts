import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import type { Shape } from './shape'

/** The same values as samples of another shape; the batch stays as it is. */
export function reshaped(graph: GraphBuilder, value: GraphValue, shape: Shape): GraphValue {
  const sizes = graph.constant('int32', [shape.length + 1], [-1, ...shape])
  return graph.op('Reshape', [value, sizes], { Tshape: { type: 'int32' } })
}
