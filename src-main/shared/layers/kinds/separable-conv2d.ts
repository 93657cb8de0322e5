import { lowerActivation } from '../activations'
import { activation, bias, dilation, kernel, padding, strides } from '../common'
import { defineLayer } from '../define'
import { depthwisePlaces, lowerDepthwise } from '../depthwise'
import { int } from '../params'
import { gives, sizeOf } from '../shape'
import { kernelWeight, usualWeighting, weightingConfig, weightingParams } from '../weighting'
import { dilationSummary, fieldThrough, isSpread, windowAttributes } from '../windows'

const axes = ['height', 'width'] as const

/**
 * A convolution in two steps: a kernel for each channel by itself, then filters that mix the channels place by place
 * (Sifre 2014; Chollet, "Xception", 2017). Far fewer weights and multiplications than one that does both at once.
 */
export default defineLayer({
  kind: 'separable-conv2d',
  category: 'convolution',
  icon: 'layers-2',
  params: {
    filters: int({ initial: 32, min: 1, max: 4096, texts: 'filters' }),
    kernel: kernel([3, 3], axes, 64),
    strides: strides([1, 1], axes, 64),
    padding,
    dilation: dilation(axes, 64),
    activation,
    bias,
    ...weightingParams,
  },
  inputs: { min: 1, max: 1, ranks: [3] },
  outShape: (values, [input = []]) => {
    const found = depthwisePlaces(values, input)
    return found.ok ? gives(...found.places, values.filters) : found
  },
  weights: ({ filters, kernel, bias }, [input]) => {
    const channels = input?.at(-1) ?? 0
    return { trainable: channels * (sizeOf(kernel) + filters) + (bias ? filters : 0), frozen: 0 }
  },
  macs: (values, [input = []]) => {
    const found = depthwisePlaces(values, input)
    return found.ok ? sizeOf(found.places) * (input.at(-1) ?? 0) * (sizeOf(values.kernel) + values.filters) : 0
  },
  summary: ({ kernel, filters, dilation }) => [kernel.join('×'), filters, ...dilationSummary(dilation)].join(' · '),
  activation: 'activation',
  field: ({ kernel, strides, padding, dilation }) => fieldThrough({ size: kernel, strides, padding, dilation }),
  fit: (_values, wanted) => {
    const filters = wanted.at(-1)
    return wanted.length === 3 && filters ? { filters } : undefined
  },
  tfjs: ({ filters, kernel, strides, padding, dilation, activation, bias, ...weighting }) => ({
    className: 'SeparableConv2D',
    config: {
      filters,
      kernelSize: kernel,
      strides,
      padding,
      activation,
      useBias: bias,
      ...(isSpread(dilation) ? { dilationRate: dilation } : {}),
      ...weightingConfig(weighting, ['depthwise', 'pointwise']),
    },
  }),
  lower: (graph, values, [input], [shape = []]) => {
    if (!input) throw new Error('a convolution needs an input')
    const channels = shape.at(-1) ?? 1
    const { filters, bias } = values
    const apart = lowerDepthwise(graph, 'depthwise_kernel', { ...values, multiplier: 1 }, input, channels)
    const weight = kernelWeight(graph, 'pointwise_kernel', [1, 1, channels, filters], values)
    const mixed = graph.op('Conv2D', [apart, weight], windowAttributes({ strides: [1, 1], padding: 'valid' }))
    const sum = bias ? graph.op('BiasAdd', [mixed, graph.weight('bias', [filters])]) : mixed
    return lowerActivation(graph, values.activation, sum)
  },
  examples: [
    {
      values: {
        filters: 64,
        kernel: [3, 3],
        strides: [1, 1],
        padding: 'same',
        dilation: [1, 1],
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[32, 32, 32]],
      out: [32, 32, 64],
      weights: 2400,
    },
    {
      values: {
        filters: 5,
        kernel: [5, 3],
        strides: [2, 2],
        padding: 'valid',
        dilation: [1, 1],
        activation: 'linear',
        bias: false,
        ...usualWeighting,
      },
      inputs: [[11, 9, 4]],
      out: [4, 4, 5],
      weights: 80,
    },
    {
      values: {
        filters: 6,
        kernel: [3, 3],
        strides: [1, 1],
        padding: 'valid',
        dilation: [2, 3],
        activation: 'tanh',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[9, 9, 3]],
      out: [5, 3, 6],
      weights: 51,
    },
    {
      values: {
        filters: 8,
        kernel: [3, 3],
        strides: [2, 2],
        padding: 'same',
        dilation: [2, 2],
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[9, 9, 3]],
      out: 'strides-and-dilation',
      weights: 59,
    },
  ],
})
