import { activation, bias } from '../common'
import { lowerActivation } from '../activations'
import { defineLayer } from '../define'
import { int } from '../params'
import { gives } from '../shape'
import { kernelWeight, usualWeighting, weightingConfig, weightingParams } from '../weighting'

/** Every unit is connected to every input, each connection with a weight of its own. */
export default defineLayer({
  kind: 'dense',
  category: 'dense',
  icon: 'waypoints',
  params: {
    units: int({ initial: 128, min: 1, max: 65_536, texts: 'units' }),
    activation,
    bias,
    ...weightingParams,
  },
  inputs: { min: 1, max: 1, ranks: [1] },
  outShape: ({ units }) => gives(units),
  weights: ({ units, bias }, inputs) => ({
    trainable: (inputs[0]?.[0] ?? 0) * units + (bias ? units : 0),
    frozen: 0,
  }),
  macs: ({ units }, inputs) => (inputs[0]?.[0] ?? 0) * units,
  summary: ({ units, activation }) => `${units} · ${activation}`,
  field: () => 'all',
  activation: 'activation',
  fit: (_values, wanted) => (wanted.length === 1 && wanted[0] ? { units: wanted[0] } : undefined),
  tfjs: ({ units, activation, bias, ...weighting }) => ({
    className: 'Dense',
    config: { units, activation, useBias: bias, ...weightingConfig(weighting) },
  }),
  lower: (graph, { units, activation, bias, ...weighting }, [input], [shape]) => {
    if (!input) throw new Error('a dense layer needs an input')
    const size = shape?.[0] ?? 1
    const weight = kernelWeight(graph, 'kernel', [size, units], weighting)
    const product = graph.op('MatMul', [input, weight])
    const sum = bias ? graph.op('BiasAdd', [product, graph.weight('bias', [units])]) : product
    return lowerActivation(graph, activation, sum)
  },
  examples: [
    {
      values: { units: 10, activation: 'softmax', bias: true, ...usualWeighting },
      inputs: [[500]],
      out: [10],
      weights: 5010,
    },
    {
      values: { units: 3, activation: 'linear', bias: false, ...usualWeighting },
      inputs: [[7]],
      out: [3],
      weights: 21,
    },
    {
      values: { units: 4, activation: 'relu', bias: true, initializer: 'heNormal', regularizer: 'l2', penalty: 0.01 },
      inputs: [[6]],
      out: [4],
      weights: 28,
    },
  ],
})
