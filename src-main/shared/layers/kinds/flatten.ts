import { defineLayer, noWeights } from '../define'
import { reshaped } from '../reshape'
import { gives, sizeOf } from '../shape'

/** Lays all values out in one row, so that a dense layer can read them. */
export default defineLayer({
  kind: 'flatten',
  category: 'shape',
  icon: 'rows-4',
  params: {},
  inputs: { min: 1, max: 1, ranks: [] },
  outShape: (_values, inputs) => gives(sizeOf(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: () => 0,
  summary: () => '',
  field: () => 'all',
  tfjs: () => ({ className: 'Flatten', config: {} }),
  lower: (graph, _values, [input], [shape]) => {
    if (!input) throw new Error('flatten needs an input')
    return reshaped(graph, input, [sizeOf(shape ?? [])])
  },
  examples: [
    { values: {}, inputs: [[4, 4, 50]], out: [800], weights: 0 },
    { values: {}, inputs: [[12]], out: [12], weights: 0 },
  ],
})
