import { lowerActivation } from '../activations'
import { activation, bias, dilation, kernel, padding, strides } from '../common'
import { defineLayer } from '../define'
import { depthwisePlaces, lowerDepthwise } from '../depthwise'
import { int } from '../params'
import { gives, sizeOf } from '../shape'
import { usualWeighting, weightingConfig, weightingParams } from '../weighting'
import { dilationSummary, fieldThrough, isSpread } from '../windows'

const axes = ['height', 'width'] as const

/** A convolution that keeps the channels apart: each is looked at by kernels of its own, and by no others. */
export default defineLayer({
  kind: 'depthwise-conv2d',
  category: 'convolution',
  icon: 'layers',
  params: {
    kernel: kernel([3, 3], axes, 64),
    strides: strides([1, 1], axes, 64),
    padding,
    dilation: dilation(axes, 64),
    multiplier: int({ initial: 1, min: 1, max: 64 }),
    activation,
    bias,
    ...weightingParams,
  },
  inputs: { min: 1, max: 1, ranks: [3] },
  outShape: (values, [input = []]) => {
    const found = depthwisePlaces(values, input)
    return found.ok ? gives(...found.places, (input.at(-1) ?? 0) * values.multiplier) : found
  },
  weights: ({ kernel, multiplier, bias }, [input]) => ({
    trainable: (input?.at(-1) ?? 0) * multiplier * (sizeOf(kernel) + Number(bias)),
    frozen: 0,
  }),
  macs: (values, [input = []]) => {
    const found = depthwisePlaces(values, input)
    return found.ok ? sizeOf(found.places) * sizeOf(values.kernel) * (input.at(-1) ?? 0) * values.multiplier : 0
  },
  summary: ({ kernel, multiplier, dilation }) =>
    [kernel.join('×'), ...(multiplier > 1 ? [`×${multiplier}`] : []), ...dilationSummary(dilation)].join(' · '),
  activation: 'activation',
  field: ({ kernel, strides, padding, dilation }) => fieldThrough({ size: kernel, strides, padding, dilation }),
  tfjs: ({ kernel, strides, padding, dilation, multiplier, activation, bias, ...weighting }) => ({
    className: 'DepthwiseConv2D',
    config: {
      kernelSize: kernel,
      strides,
      padding,
      depthMultiplier: multiplier,
      activation,
      useBias: bias,
      ...(isSpread(dilation) ? { dilationRate: dilation } : {}),
      ...weightingConfig(weighting, ['depthwise']),
    },
  }),
  lower: (graph, values, [input], [shape = []]) => {
    if (!input) throw new Error('a convolution needs an input')
    const channels = shape.at(-1) ?? 1
    const places = lowerDepthwise(graph, 'kernel', values, input, channels)
    const sum = values.bias
      ? graph.op('BiasAdd', [places, graph.weight('bias', [channels * values.multiplier])])
      : places
    return lowerActivation(graph, values.activation, sum)
  },
  examples: [
    {
      values: {
        kernel: [3, 3],
        strides: [1, 1],
        padding: 'valid',
        dilation: [1, 1],
        multiplier: 1,
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[28, 28, 16]],
      out: [26, 26, 16],
      weights: 160,
    },
    {
      values: {
        kernel: [5, 3],
        strides: [2, 2],
        padding: 'same',
        dilation: [1, 1],
        multiplier: 3,
        activation: 'linear',
        bias: false,
        ...usualWeighting,
      },
      inputs: [[11, 9, 4]],
      out: [6, 5, 12],
      weights: 180,
    },
    {
      values: {
        kernel: [3, 3],
        strides: [1, 1],
        padding: 'valid',
        dilation: [2, 3],
        multiplier: 2,
        activation: 'tanh',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[9, 9, 3]],
      out: [5, 3, 6],
      weights: 60,
    },
    {
      values: {
        kernel: [3, 3],
        strides: [2, 2],
        padding: 'valid',
        dilation: [2, 2],
        multiplier: 1,
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[9, 9, 3]],
      out: 'strides-and-dilation',
      weights: 30,
    },
    {
      values: {
        kernel: [5, 5],
        strides: [1, 1],
        padding: 'valid',
        dilation: [1, 1],
        multiplier: 1,
        activation: 'relu',
        bias: false,
        ...usualWeighting,
      },
      inputs: [[4, 8, 2]],
      out: 'kernel-too-large',
      weights: 50,
    },
  ],
})
