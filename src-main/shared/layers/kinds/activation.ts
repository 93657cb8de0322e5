import { activations, lowerActivation } from '../activations'
import { defineLayer, noWeights } from '../define'
import { choice, real } from '../params'
import { gives } from '../shape'

/** Applies one function to every value (softmax: to the values of the last axis together). */
export default defineLayer({
  kind: 'activation',
  category: 'activation',
  icon: 'activity',
  params: {
    function: choice({ initial: 'relu', options: [...activations, 'leakyRelu'], texts: 'activation' }),
    slope: real({ initial: 0.1, min: 0, max: 1, step: 0.01, showWhen: (values) => values['function'] === 'leakyRelu' }),
    alpha: real({ initial: 1, min: 0.01, max: 10, step: 0.1, showWhen: (values) => values['function'] === 'elu' }),
  },
  inputs: { min: 1, max: 1, ranks: [] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: () => 0,
  summary: (values) => {
    if (values.function === 'leakyRelu') return `leaky relu · ${values.slope}`
    return values.function === 'elu' && values.alpha !== 1 ? `elu · α = ${values.alpha}` : values.function
  },
  activation: 'function',
  tfjs: ({ function: name, slope, alpha }) => {
    if (name === 'leakyRelu') return { className: 'LeakyReLU', config: { alpha: slope } }
    if (name === 'elu' && alpha !== 1) return { className: 'ELU', config: { alpha } }
    return { className: 'Activation', config: { activation: name } }
  },
  lower: (graph, { function: name, slope, alpha }, [input]) => {
    if (!input) throw new Error('an activation needs an input')
    const leaky = (value: typeof input, below: number) => graph.op('LeakyRelu', [value], { alpha: { float: below } })
    if (name === 'leakyRelu') return leaky(input, slope)
    // TensorFlow 2.21 answers with a convolution, a batch normalization and tanh fused into an operation that it lacks.
    // What leaves all values as they are keeps them apart.
    const given = name === 'tanh' && !graph.training ? leaky(input, 1) : input
    const result = lowerActivation(graph, name, given)
    // What lies below zero is stretched: α (eˣ − 1).
    return name === 'elu' && alpha !== 1 ? leaky(result, alpha) : result
  },
  examples: [
    { values: { function: 'relu', slope: 0.1, alpha: 1 }, inputs: [[26, 26, 32]], out: [26, 26, 32], weights: 0 },
    { values: { function: 'softmax', slope: 0.1, alpha: 1 }, inputs: [[10]], out: [10], weights: 0 },
    { values: { function: 'leakyRelu', slope: 0.2, alpha: 1 }, inputs: [[9, 4]], out: [9, 4], weights: 0 },
    { values: { function: 'elu', slope: 0.1, alpha: 0.5 }, inputs: [[5, 4, 2]], out: [5, 4, 2], weights: 0 },
    { values: { function: 'gelu', slope: 0.1, alpha: 1 }, inputs: [[6, 5, 3]], out: [6, 5, 3], weights: 0 },
    { values: { function: 'swish', slope: 0.1, alpha: 1 }, inputs: [[2, 4, 3, 2]], out: [2, 4, 3, 2], weights: 0 },
    { values: { function: 'mish', slope: 0.1, alpha: 1 }, inputs: [[8, 2]], out: [8, 2], weights: 0 },
    { values: { function: 'relu6', slope: 0.1, alpha: 1 }, inputs: [[4, 4, 1]], out: [4, 4, 1], weights: 0 },
  ],
})
