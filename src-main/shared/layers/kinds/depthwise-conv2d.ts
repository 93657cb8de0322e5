import { defineDepthwise } from '../depthwise'
import { usualWeighting } from '../weighting'

/** Kernels for each channel of a picture by itself. */
export default defineDepthwise({
  kind: 'depthwise-conv2d',
  icon: 'layers',
  axes: ['height', 'width'],
  className: 'DepthwiseConv2D',
  widest: 64,
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
