import { defineLayer, noWeights } from '../define'
import { reshaped } from '../reshape'
import { fails, gives, shapeText, sizeOf, type Shape } from '../shape'

/** One row of values, or one at each place of a sequence. */
function rowsOf(shape: Shape): Shape {
  return shape.length === 1 ? [1, ...shape] : shape
}

/**
 * Multiplies two layers channel by channel and adds up: how much they point the same way. Of two sequences, each place of
 * the one meets each place of the other, as in attention (Vaswani et al. 2017).
 */
export default defineLayer({
  kind: 'dot',
  category: 'merge',
  icon: 'circle-dot',
  params: {},
  inputs: { min: 2, max: 2, ranks: [1, 2] },
  outShape: (_values, [first = [], other = []]) => {
    if (first.length !== other.length || first.at(-1) !== other.at(-1))
      return fails('channels-not-equal', { first: shapeText(first), other: shapeText(other) })
    return first.length === 1 ? gives(1) : gives(first[0] ?? 0, other[0] ?? 0)
  },
  weights: () => noWeights,
  macs: (_values, [first = [], other = []]) => sizeOf(first) * sizeOf(other.slice(0, -1)),
  summary: () => '',
  field: () => 'all',
  tfjs: () => ({ className: 'Dot', config: { axes: -1 } }),
  lower: (graph, _values, [first, other], [shape = [], otherShape = []]) => {
    if (!first || !other) throw new Error('a dot product needs two inputs')
    const rows = [reshaped(graph, first, rowsOf(shape)), reshaped(graph, other, rowsOf(otherShape))]
    const products = graph.op('BatchMatMulV2', rows, { adj_y: { bool: true } })
    return shape.length === 1 ? reshaped(graph, products, [1]) : products
  },
  examples: [
    { values: {}, inputs: [[64], [64]], out: [1], weights: 0 },
    {
      values: {},
      inputs: [
        [10, 8],
        [6, 8],
      ],
      out: [10, 6],
      weights: 0,
    },
    {
      values: {},
      inputs: [
        [10, 8],
        [10, 8],
      ],
      out: [10, 10],
      weights: 0,
    },
    { values: {}, inputs: [[5], [6]], out: 'channels-not-equal', weights: 0 },
  ],
})
