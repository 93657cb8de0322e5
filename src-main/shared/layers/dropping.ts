import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'

/** What a random number of the step is drawn for: each value, or each channel of a sample with so many axes of places. */
export type Dropped = 'values' | { readonly channels: number; readonly axes: number }

/**
 * Sets a random share of the values, or of the channels, to zero while training, and enlarges the others to match. The
 * numbers are those that the eager form draws (engine/model/layers/seeded-dropout.ts).
 */
export function lowerDropout(graph: GraphBuilder, input: GraphValue, rate: number, dropped: Dropped): GraphValue {
  if (!graph.training || rate === 0) return input
  const types = { T: { type: 'int32' }, Tseed: { type: 'int32' }, dtype: { type: 'float32' } } as const
  const draws = graph.op(
    'StatelessRandomUniform',
    [drawnShape(graph, input, dropped), graph.randomSeed()],
    types,
    'float32',
  )
  const kept = graph.op('GreaterEqual', [draws, graph.constant('float32', [], [rate])], {}, 'bool')
  const scale = graph.constant('float32', [], [1 / (1 - rate)])
  const mask = graph.op('StopGradient', [graph.op('Mul', [graph.cast(kept, 'float32'), scale])])
  return graph.op('Mul', [input, graph.cast(mask, input.dtype)])
}

function drawnShape(graph: GraphBuilder, input: GraphValue, dropped: Dropped): GraphValue {
  const shape = graph.op('Shape', [input], { out_type: { type: 'int32' } }, 'int32')
  if (dropped === 'values') return shape
  const numbers = (...values: number[]) => graph.constant('int32', [values.length], values)
  const samples = graph.op('Slice', [shape, numbers(0), numbers(1)], { Index: { type: 'int32' } })
  const rest = numbers(...Array<number>(dropped.axes).fill(1), dropped.channels)
  return graph.op('ConcatV2', [samples, rest, graph.constant('int32', [], [0])], {
    N: { int: 2 },
    Tidx: { type: 'int32' },
  })
}
