import { defineLayer } from '../define'
import { real, toggle } from '../params'
import { gives, sizeOf, type Shape } from '../shape'

/** The slopes' shape: one for each channel, or for each value of a sample. */
function slopesOf(perChannel: boolean, input: Shape): number[] {
  return input.map((size, axis) => (perChannel && axis < input.length - 1 ? 1 : size))
}

/** ReLU whose slope below zero is learned (He et al., "Delving deep into rectifiers", 2015). */
export default defineLayer({
  kind: 'prelu',
  category: 'activation',
  icon: 'trending-up',
  params: {
    perChannel: toggle({ initial: true }),
    first: real({ initial: 0.25, min: 0, max: 1, step: 0.05 }),
  },
  inputs: { min: 1, max: 1, ranks: [1, 2, 3, 4] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: ({ perChannel }, [input = []]) => ({ trainable: sizeOf(slopesOf(perChannel, input)), frozen: 0 }),
  macs: (_values, [input = []]) => sizeOf(input),
  summary: ({ first }) => String(first),
  tfjs: ({ perChannel, first }, [input = []]) => {
    const places = Array.from({ length: Math.max(0, input.length - 1) }, (_unused, axis) => axis + 1)
    return {
      className: 'PReLU',
      config: {
        alphaInitializer: { className: 'Constant', config: { value: first } },
        ...(perChannel && places.length > 0 ? { sharedAxes: places } : {}),
      },
    }
  },
  lower: (graph, { perChannel }, [input], [shape = []]) => {
    if (!input) throw new Error('a PReLU needs an input')
    const slopes = graph.weight('alpha', slopesOf(perChannel, shape))
    const below = graph.op('Relu', [graph.op('Neg', [input])])
    const scaled = graph.op('Mul', [graph.op('Neg', [slopes]), below])
    return graph.op('AddV2', [graph.op('Relu', [input]), scaled])
  },
  examples: [
    { values: { perChannel: true, first: 0.25 }, inputs: [[14, 14, 64]], out: [14, 14, 64], weights: 64 },
    { values: { perChannel: false, first: 0 }, inputs: [[6, 5]], out: [6, 5], weights: 30 },
    { values: { perChannel: true, first: 0.1 }, inputs: [[3, 4, 5, 2]], out: [3, 4, 5, 2], weights: 2 },
    { values: { perChannel: true, first: 0.25 }, inputs: [[100]], out: [100], weights: 100 },
  ],
})
