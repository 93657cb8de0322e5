import type { GraphValue } from '@shared/graph/value'
import type { Graph } from './graph'
import type { LoweredEnd } from './network'

/** How a batch was answered. */
export interface Judged {
  /** By sample, the sum of the outputs' losses, each times its weight: float32 `[batch]`. */
  readonly losses: GraphValue
  /** By sample, each output's own loss, the main one's first: float32 `[batch]`. */
  readonly each: readonly GraphValue[]
  /** How many right guesses the main output made, a float32 scalar; of mixed samples the sum of the right shares. */
  readonly hits: GraphValue
}

/** The right classes of a batch, int32 `[batch]`. */
export interface Targets {
  readonly labels: GraphValue
  /** Of mixed samples, the second label (int32 `[batch]`) and the share that the first one keeps (float32 `[batch]`). */
  readonly mixed?: { readonly labels: GraphValue; readonly shares: GraphValue }
}

/**
 * Adds the losses of a network's outputs: cross-entropy against the class, or the mean squared error against the sample
 * as the network got it (float32 `[batch, …shape]`). Of a mixed sample the cross-entropies against its two classes are
 * added by their shares, which is the cross-entropy against the mixed one-hot labels; a hit counts by its share too.
 */
export function judge(graph: Graph, ends: readonly LoweredEnd[], targets: Targets, prepared: GraphValue): Judged {
  const [main] = ends
  if (!main) throw new Error('the network has no output')
  const each = ends.map((end) =>
    end.loss === 'classes'
      ? byShare(graph, targets, (labels) => crossEntropies(graph, end.value, labels))
      : squaredErrors(graph, end, prepared),
  )
  const hits = byShare(graph, targets, (labels) => rightGuesses(graph, main.value, labels))
  return { losses: weighted(graph, ends, each), each, hits: sum(graph, hits) }
}

/** What is told by sample of the labels; of mixed ones `second + share · (first - second)`. */
function byShare(graph: Graph, { labels, mixed }: Targets, tell: (labels: GraphValue) => GraphValue): GraphValue {
  const first = tell(labels)
  if (!mixed) return first
  const second = tell(mixed.labels)
  return graph.op('AddV2', [second, graph.op('Mul', [mixed.shares, graph.op('Sub', [first, second])])])
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

/** By sample, 1 where the guess is right and 0 elsewhere: float32 `[batch]`. */
function rightGuesses(graph: Graph, logits: GraphValue, labels: GraphValue): GraphValue {
  const types = { Tidx: { type: 'int32' }, output_type: { type: 'int32' } } as const
  const best = graph.op('ArgMax', [logits, graph.scalar(1, 'int32')], types, { dtype: 'int32' })
  return graph.cast(graph.op('Equal', [best, labels], {}, { dtype: 'bool' }), 'float32')
}

/** The sum over a batch. */
export function sum(graph: Graph, values: GraphValue): GraphValue {
  return graph.op('Sum', [values, graph.scalar(0, 'int32')], { Tidx: { type: 'int32' } })
}
