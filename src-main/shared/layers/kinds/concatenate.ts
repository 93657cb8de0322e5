import { defineLayer, noWeights } from '../define'
import { fails, gives, shapeText } from '../shape'

/** Puts the channels of several layers one behind another, place by place (Szegedy et al., "Inception", 2014). */
export default defineLayer({
  kind: 'concatenate',
  category: 'merge',
  icon: 'combine',
  params: {},
  inputs: { min: 2, max: 32, ranks: [] },
  outShape: (_values, inputs) => {
    const [first = [], ...others] = inputs
    const places = shapeText(first.slice(0, -1))
    const other = others.find((shape) => shape.length !== first.length || shapeText(shape.slice(0, -1)) !== places)
    if (other) return fails('places-not-equal', { first: shapeText(first), other: shapeText(other) })
    const channels = inputs.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)
    return gives(...first.slice(0, -1), channels)
  },
  weights: () => noWeights,
  macs: () => 0,
  summary: () => '',
  tfjs: () => ({ className: 'Concatenate', config: { axis: -1 } }),
  lower: (graph, _values, inputs, [first = []]) => {
    const channelAxis = graph.constant('int32', [], [first.length])
    return graph.op('ConcatV2', [...inputs, channelAxis], { N: { int: inputs.length }, Tidx: { type: 'int32' } })
  },
  examples: [
    {
      values: {},
      inputs: [
        [28, 28, 64],
        [28, 28, 128],
        [28, 28, 32],
      ],
      out: [28, 28, 224],
      weights: 0,
    },
    { values: {}, inputs: [[3], [5]], out: [8], weights: 0 },
    {
      values: {},
      inputs: [
        [28, 28, 64],
        [14, 28, 64],
      ],
      out: 'places-not-equal',
      weights: 0,
    },
    { values: {}, inputs: [[28, 28, 64], [64]], out: 'places-not-equal', weights: 0 },
  ],
})
