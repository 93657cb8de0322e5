import { defineSeparable } from '../separable'
import { usualWeighting } from '../weighting'

/** Kernels for each channel of a picture, then filters that mix the channels. */
export default defineSeparable({
  kind: 'separable-conv2d',
  icon: 'layers-2',
  axes: ['height', 'width'],
  className: 'SeparableConv2D',
  widest: 64,
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
