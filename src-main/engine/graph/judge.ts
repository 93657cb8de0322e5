import type { GraphValue } from '@shared/graph/value'
import type { Graph } from './graph'
import type { LoweredEnd } from './network'

/** How a batch was answered. */
export interface Judged {
  /** By sample, the sum of the outputs' losses, each times its weight: float32 `[batch]`. */
  readonly losses: GraphValue
  /** By sample, each output's own loss, the main one's first: float32 `[batch]`. */
  readonly each: readonly GraphValue[]
  /** How many right guesses the main output made, a float32 scalar. */
  readonly hits: GraphValue
}

/**
 * Adds the losses of a network's outputs: cross-entropy against the class (int32 `[batch]`), or the mean squared error
 * against the sample as the network got it (float32 `[batch, …shape]`).
 */
export function judge(graph: Graph, ends: readonly LoweredEnd[], labels: GraphValue, prepared: GraphValue): Judged {
  const [main] = ends
  if (!main) throw new Error('the network has no output')
  const each = ends.map((end) =>
    end.loss === 'classes' ? crossEntropies(graph, end.value, labels) : squaredErrors(graph, end, prepared),
  )
  return { losses: weighted(graph, ends, each), each, hits: countHits(graph, main.value, labels) }
}

function weighted(graph: Graph, ends: readonly LoweredEnd[], each: readonly GraphValue[]): GraphValue {
  const parts = each.map((losses, n) => {
    const weight = ends[n]?.weight ?? 1
    return weight === 1 ? losses : graph.op('Mul', [losses, graph.scalar(weight)])
  })
  const [first] = parts
  return first && parts.length === 1 ? first : graph.op('AddN', parts, { N: { int: parts.length } })
}

function crossEntropies(graph: Graph, logits: GraphValue, labels: GraphValue): GraphValue {
  return graph.op('SparseSoftmaxCrossEntropyWithLogits', [logits, labels], { Tlabels: { type: 'int32' } })
}

function squaredErrors(graph: Graph, { value, size }: LoweredEnd, wanted: GraphValue): GraphValue {
  const difference = graph.op('Sub', [value, wanted])
  const rows = reshaped(graph, graph.op('Mul', [difference, difference]), [-1, size])
  const types = { Tidx: { type: 'int32' }, keep_dims: { bool: true } } as const
  return reshaped(graph, graph.op('Mean', [rows, graph.scalar(1, 'int32')], types), [-1])
}

function reshaped(graph: Graph, value: GraphValue, shape: readonly number[]): GraphValue {
  const sizes = graph.constant({ dtype: 'int32', shape: [shape.length], values: shape })
  return graph.op('Reshape', [value, sizes], { Tshape: { type: 'int32' } })
}

function countHits(graph: Graph, logits: GraphValue, labels: GraphValue): GraphValue {
  const types = { Tidx: { type: 'int32' }, output_type: { type: 'int32' } } as const
  const best = graph.op('ArgMax', [logits, graph.scalar(1, 'int32')], types, { dtype: 'int32' })
  const right = graph.op('Equal', [best, labels], {}, { dtype: 'bool' })
  return sum(graph, graph.cast(right, 'float32'))
}

/** The sum over a batch. */
export function sum(graph: Graph, values: GraphValue): GraphValue {
  return graph.op('Sum', [values, graph.scalar(0, 'int32')], { Tidx: { type: 'int32' } })
}
