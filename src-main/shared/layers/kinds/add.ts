import { defineLayer, noWeights } from '../define'
import { fails, gives, shapeText } from '../shape'

/** Adds what several layers put out, value by value: the way round in a residual block (He et al. 2015). */
export default defineLayer({
  kind: 'add',
  category: 'merge',
  icon: 'circle-plus',
  params: {},
  inputs: { min: 2, max: 32, ranks: [] },
  outShape: (_values, inputs) => {
    const [first = [], ...others] = inputs
    const other = others.find((shape) => shapeText(shape) !== shapeText(first))
    return other ? fails('shapes-not-equal', { first: shapeText(first), other: shapeText(other) }) : gives(...first)
  },
  weights: () => noWeights,
  macs: () => 0,
  summary: () => '',
  tfjs: () => ({ className: 'Add', config: {} }),
  lower: (graph, _values, inputs) => graph.op('AddN', inputs, { N: { int: inputs.length } }),
  examples: [
    {
      values: {},
      inputs: [
        [32, 32, 16],
        [32, 32, 16],
      ],
      out: [32, 32, 16],
      weights: 0,
    },
    { values: {}, inputs: [[7], [7], [7]], out: [7], weights: 0 },
    {
      values: {},
      inputs: [
        [32, 32, 16],
        [16, 16, 32],
      ],
      out: 'shapes-not-equal',
      weights: 0,
    },
  ],
})
