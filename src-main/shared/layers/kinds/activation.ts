import { activation } from '../common'
import { lowerActivation } from '../activations'
import { defineLayer, noWeights } from '../define'
import { gives } from '../shape'

/** Applies one function to every value (softmax: to the values of the last axis together). */
export default defineLayer({
  kind: 'activation',
  category: 'activation',
  icon: 'activity',
  params: { function: activation },
  inputs: { min: 1, max: 1, ranks: [] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: () => 0,
  summary: (values) => values.function,
  activation: 'function',
  tfjs: (values) => ({ className: 'Activation', config: { activation: values.function } }),
  lower: (graph, values, [input]) => {
    if (!input) throw new Error('an activation needs an input')
    return lowerActivation(graph, values.function, input)
  },
  examples: [
    { values: { function: 'relu' }, inputs: [[26, 26, 32]], out: [26, 26, 32], weights: 0 },
    { values: { function: 'softmax' }, inputs: [[10]], out: [10], weights: 0 },
  ],
})
