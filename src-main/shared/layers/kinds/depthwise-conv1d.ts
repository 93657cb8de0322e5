import { defineDepthwise, type DepthwiseValues } from '../depthwise'
import { usualWeighting } from '../weighting'

const usual: Omit<DepthwiseValues, 'kernel'> = {
  strides: [1],
  padding: 'valid',
  dilation: [1],
  multiplier: 1,
  activation: 'relu',
  bias: true,
  ...usualWeighting,
}

/** Kernels for each channel of a sequence by itself. */
export default defineDepthwise({
  kind: 'depthwise-conv1d',
  icon: 'layers',
  axes: ['length'],
  className: 'DepthwiseConv1D',
  widest: 1024,
  examples: [
    { values: { ...usual, kernel: [9] }, inputs: [[100, 16]], out: [92, 16], weights: 160 },
    {
      values: {
        ...usual,
        kernel: [5],
        strides: [2],
        padding: 'same',
        multiplier: 3,
        activation: 'linear',
        bias: false,
      },
      inputs: [[11, 4]],
      out: [6, 12],
      weights: 60,
    },
    {
      values: { ...usual, kernel: [3], dilation: [4], multiplier: 2, activation: 'tanh' },
      inputs: [[19, 3]],
      out: [11, 6],
      weights: 24,
    },
    {
      values: { ...usual, kernel: [3], strides: [2], dilation: [2] },
      inputs: [[9, 3]],
      out: 'strides-and-dilation',
      weights: 12,
    },
    { values: { ...usual, kernel: [9] }, inputs: [[8, 2]], out: 'kernel-too-large', weights: 20 },
  ],
})
