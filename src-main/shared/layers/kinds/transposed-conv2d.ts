import { defineTransposed } from '../transposed'
import { usualWeighting } from '../weighting'

/** A transposed convolution of pictures: enlarges them by its strides. */
export default defineTransposed({
  kind: 'transposed-conv2d',
  icon: 'expand',
  axes: ['height', 'width'],
  className: 'Conv2DTranspose',
  widest: 64,
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
