import { throughWindow, windowCount, type Padding } from '../arithmetic'
import { activation, bias, padding, strides } from '../common'
import { lowerActivation } from '../activations'
import { defineLayer } from '../define'
import { int, size } from '../params'
import { fails, gives, shapeText, type Shape } from '../shape'

/** The places that the kernel takes along height and width. */
function places(values: { kernel: number[]; strides: number[]; padding: Padding }, [input]: readonly Shape[]) {
  return [0, 1].map((axis) =>
    windowCount(
      input?.[axis] ?? 0,
      { kernel: values.kernel[axis] ?? 1, stride: values.strides[axis] ?? 1 },
      values.padding,
    ),
  )
}

/** The article's module A copied over a picture: one group of neurons, the same weights at every place. */
export default defineLayer({
  kind: 'conv2d',
  category: 'convolution',
  icon: 'grid-3x3',
  params: {
    filters: int({ initial: 32, min: 1, max: 4096 }),
    kernel: size({ initial: [3, 3], min: 1, max: 64 }),
    strides: strides([1, 1]),
    padding,
    activation,
    bias,
  },
  inputs: { min: 1, max: 1, ranks: [3] },
  outShape: (values, inputs) => {
    const [height = 0, width = 0] = places(values, inputs)
    if (height >= 1 && width >= 1) return gives(height, width, values.filters)
    return fails('kernel-too-large', {
      kernel: shapeText(values.kernel),
      input: shapeText((inputs[0] ?? []).slice(0, 2)),
    })
  },
  weights: ({ filters, kernel, bias }, inputs) => ({
    trainable: (kernel[0] ?? 1) * (kernel[1] ?? 1) * (inputs[0]?.[2] ?? 0) * filters + (bias ? filters : 0),
    frozen: 0,
  }),
  macs: (values, inputs) => {
    const [height = 0, width = 0] = places(values, inputs)
    return height * width * (values.kernel[0] ?? 1) * (values.kernel[1] ?? 1) * (inputs[0]?.[2] ?? 0) * values.filters
  },
  summary: ({ kernel, filters }) => `${kernel.join('×')} · ${filters}`,
  activation: 'activation',
  filters: 'kernel',
  field:
    ({ kernel, strides }) =>
    (field, axis) =>
      throughWindow(field, { kernel: kernel[axis] ?? 1, stride: strides[axis] ?? 1 }),
  tfjs: ({ filters, kernel, strides, padding, activation, bias }) => ({
    className: 'Conv2D',
    config: { filters, kernelSize: kernel, strides, padding, activation, useBias: bias },
  }),
  lower: (graph, { filters, kernel, strides, padding, activation, bias }, [input], [shape]) => {
    if (!input) throw new Error('a convolution needs an input')
    const [height = 1, width = 1] = kernel
    const channels = shape?.[2] ?? 1
    const weight = graph.weight('kernel', [height, width, channels, filters])
    const places = graph.op('Conv2D', [input, weight], {
      strides: { ints: [1, strides[0] ?? 1, strides[1] ?? 1, 1] },
      padding: { text: padding.toUpperCase() },
    })
    const sum = bias ? graph.op('BiasAdd', [places, graph.weight('bias', [filters])]) : places
    return lowerActivation(graph, activation, sum)
  },
  examples: [
    {
      values: { filters: 32, kernel: [3, 3], strides: [1, 1], padding: 'valid', activation: 'relu', bias: true },
      inputs: [[28, 28, 1]],
      out: [26, 26, 32],
      weights: 320,
    },
    {
      values: { filters: 8, kernel: [5, 3], strides: [2, 1], padding: 'same', activation: 'linear', bias: false },
      inputs: [[11, 9, 3]],
      out: [6, 9, 8],
      weights: 360,
    },
    {
      values: { filters: 96, kernel: [11, 11], strides: [4, 4], padding: 'valid', activation: 'relu', bias: true },
      inputs: [[227, 227, 3]],
      out: [55, 55, 96],
      weights: 34944,
    },
    {
      values: { filters: 4, kernel: [5, 5], strides: [1, 1], padding: 'valid', activation: 'relu', bias: true },
      inputs: [[4, 4, 1]],
      out: 'kernel-too-large',
      weights: 104,
    },
  ],
})
