import type { GraphBuilder } from '../../graph/builder'
import type { GraphValue } from '../../graph/value'
import { defineLayer } from '../define'
import { real, toggle } from '../params'
import { gives, sizeOf } from '../shape'

/** The mean over the channels of each place; the axis stays, with one value. */
function channelMean(graph: GraphBuilder, value: GraphValue): GraphValue {
  const last = graph.constant('int32', [1], [-1])
  return graph.op('Mean', [value, last], { keep_dims: { bool: true }, Tidx: { type: 'int32' } })
}

/**
 * Brings the channels of each place to mean 0 and variance 1, sample by sample, then to a mean and spread that are
 * learned (Ba, Kiros and Hinton, "Layer normalization", 2016). The same in training and afterwards.
 */
export default defineLayer({
  kind: 'layer-normalization',
  category: 'normalization',
  icon: 'align-center-vertical',
  params: {
    epsilon: real({ initial: 0.001, min: 0.0000001, max: 1, step: 0.001 }),
    center: toggle({ initial: true }),
    scale: toggle({ initial: true }),
  },
  inputs: { min: 1, max: 1, ranks: [1, 2, 3, 4] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: ({ center, scale }, [input]) => ({
    trainable: (input?.at(-1) ?? 0) * (Number(center) + Number(scale)),
    frozen: 0,
  }),
  // The squares, the division by the spread, and the learned spread.
  macs: ({ scale }, [input]) => sizeOf(input ?? []) * (2 + Number(scale)),
  summary: ({ epsilon }) => `ε = ${epsilon}`,
  tfjs: ({ epsilon, center, scale }) => ({ className: 'LayerNormalization', config: { epsilon, center, scale } }),
  lower: (graph, { epsilon, center, scale }, [input], [shape = []]) => {
    if (!input) throw new Error('layer normalization needs an input')
    const channels = [shape.at(-1) ?? 1]
    // Means and squares of half precision would lose digits.
    const x = graph.cast(input, 'float32')
    const moved = graph.op('Sub', [x, channelMean(graph, x)])
    const variance = channelMean(graph, graph.op('Mul', [moved, moved]))
    const above = graph.op('AddV2', [variance, graph.constant('float32', [], [epsilon])])
    const normalized = graph.op('Mul', [moved, graph.op('Rsqrt', [above])])
    const spread = scale ? graph.op('Mul', [normalized, graph.weight('gamma', channels, 'float32')]) : normalized
    const result = center ? graph.op('AddV2', [spread, graph.weight('beta', channels, 'float32')]) : spread
    return graph.cast(result, input.dtype)
  },
  examples: [
    { values: { epsilon: 0.001, center: true, scale: true }, inputs: [[20, 16]], out: [20, 16], weights: 32 },
    { values: { epsilon: 0.00001, center: true, scale: false }, inputs: [[100]], out: [100], weights: 100 },
    { values: { epsilon: 0.001, center: false, scale: true }, inputs: [[8, 8, 6]], out: [8, 8, 6], weights: 6 },
    { values: { epsilon: 0.01, center: false, scale: false }, inputs: [[3, 4, 5, 2]], out: [3, 4, 5, 2], weights: 0 },
  ],
})
