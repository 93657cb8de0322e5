import { lowerActivation } from '../activations'
import { activation, bias, dilation, kernel, padding, strides } from '../common'
import { defineLayer } from '../define'
import { int } from '../params'
import { gives, sizeOf } from '../shape'
import { batchSizes, transposedField, transposedPlaces } from '../transposed'
import { kernelWeight, usualWeighting, weightingConfig, weightingParams } from '../weighting'
import { dilationSummary, isSpread, stridesProblem, windowAttributes } from '../windows'

const axes = ['height', 'width'] as const

/**
 * A convolution the other way round: every place of the input is spread over a window of the output, so that strides
 * enlarge the picture (Zeiler et al., "Deconvolutional networks", 2010; Dumoulin and Visin 2016). It undoes the sizes of
 * the convolution with the same settings, not its values.
 */
export default defineLayer({
  kind: 'transposed-conv2d',
  category: 'convolution',
  icon: 'expand',
  params: {
    filters: int({ initial: 32, min: 1, max: 4096, texts: 'filters' }),
    kernel: kernel([3, 3], axes, 64),
    strides: strides([2, 2], axes, 64),
    padding,
    dilation: dilation(axes, 64),
    activation,
    bias,
    ...weightingParams,
  },
  inputs: { min: 1, max: 1, ranks: [3] },
  outShape: (values, [input = []]) => {
    const windows = { size: values.kernel, ...values }
    const refused = stridesProblem(windows)
    return refused ? { ok: false, problem: refused } : gives(...transposedPlaces(windows, input), values.filters)
  },
  weights: ({ filters, kernel, bias }, [input]) => ({
    trainable: (input?.at(-1) ?? 0) * sizeOf(kernel) * filters + (bias ? filters : 0),
    frozen: 0,
  }),
  macs: ({ filters, kernel }, [input = []]) => sizeOf(input) * sizeOf(kernel) * filters,
  summary: ({ kernel, strides, filters, dilation }) =>
    [`${kernel.join('×')} ↑${strides.join('×')}`, filters, ...dilationSummary(dilation)].join(' · '),
  activation: 'activation',
  field: (values) => (field, axis) => transposedField({ size: values.kernel, ...values }, field, axis),
  fit: (_values, wanted) => {
    const filters = wanted.at(-1)
    return wanted.length === 3 && filters ? { filters } : undefined
  },
  tfjs: ({ filters, kernel, strides, padding, dilation, activation, bias, ...weighting }) => ({
    className: 'Conv2DTranspose',
    config: {
      filters,
      kernelSize: kernel,
      strides,
      padding,
      activation,
      useBias: bias,
      ...(isSpread(dilation) ? { dilationRate: dilation } : {}),
      ...weightingConfig(weighting),
    },
  }),
  lower: (graph, values, [input], [shape = []]) => {
    const { filters, kernel, strides, padding, dilation, activation, bias, ...weighting } = values
    if (!input) throw new Error('a convolution needs an input')
    // CPUs whose oneDNN has no float16 compute it by kernels that know no dilation.
    const value = isSpread(dilation) && input.dtype === 'float16' ? graph.cast(input, 'float32') : input
    const weight = kernelWeight(graph, 'kernel', [...kernel, filters, shape.at(-1) ?? 1], weighting, value.dtype)
    const out = [...transposedPlaces({ size: kernel, strides, padding, dilation }, shape), filters]
    const attributes = { T: { type: value.dtype }, ...windowAttributes({ strides, padding, dilation }) } as const
    const sizes = batchSizes(graph, value, out)
    const places = graph.op('Conv2DBackpropInput', [sizes, weight, value], attributes, value.dtype)
    const known = graph.cast(places, input.dtype)
    const sum = bias ? graph.op('BiasAdd', [known, graph.weight('bias', [filters])]) : known
    return lowerActivation(graph, activation, sum)
  },
  examples: [
    {
      values: {
        filters: 16,
        kernel: [3, 3],
        strides: [2, 2],
        padding: 'same',
        dilation: [1, 1],
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[14, 14, 32]],
      out: [28, 28, 16],
      weights: 4624,
    },
    {
      values: {
        filters: 3,
        kernel: [5, 2],
        strides: [2, 3],
        padding: 'valid',
        dilation: [1, 1],
        activation: 'linear',
        bias: false,
        ...usualWeighting,
      },
      inputs: [[4, 5, 2]],
      out: [11, 15, 3],
      weights: 60,
    },
    {
      values: {
        filters: 4,
        kernel: [3, 2],
        strides: [1, 1],
        padding: 'valid',
        dilation: [2, 3],
        activation: 'tanh',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[6, 5, 2]],
      out: [10, 8, 4],
      weights: 52,
    },
    {
      values: {
        filters: 4,
        kernel: [3, 3],
        strides: [2, 1],
        padding: 'same',
        dilation: [1, 2],
        activation: 'relu',
        bias: false,
        ...usualWeighting,
      },
      inputs: [[6, 5, 2]],
      out: 'strides-and-dilation',
      weights: 72,
    },
  ],
})
