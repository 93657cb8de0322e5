import { defineTransposed, type TransposedValues } from '../transposed'
import { usualWeighting } from '../weighting'

const usual: Omit<TransposedValues, 'kernel' | 'filters'> = {
  strides: [2, 2, 2],
  padding: 'valid',
  dilation: [1, 1, 1],
  activation: 'relu',
  bias: true,
  ...usualWeighting,
}

/** A transposed convolution of volumes: enlarges them by its strides. */
export default defineTransposed({
  kind: 'transposed-conv3d',
  icon: 'expand',
  axes: ['depth', 'height', 'width'],
  className: 'Conv3DTranspose',
  widest: 64,
  examples: [
    {
      values: { ...usual, filters: 4, kernel: [2, 2, 2], padding: 'same' },
      inputs: [[4, 7, 7, 8]],
      out: [8, 14, 14, 4],
      weights: 260,
    },
    {
      values: { ...usual, filters: 3, kernel: [2, 3, 1], strides: [1, 2, 3], activation: 'linear', bias: false },
      inputs: [[3, 4, 2, 2]],
      out: [4, 9, 6, 3],
      weights: 36,
    },
    {
      values: { ...usual, filters: 1, kernel: [1, 2, 3], activation: 'tanh' },
      inputs: [[2, 3, 1, 2]],
      out: [4, 6, 3, 1],
      weights: 13,
    },
    {
      values: { ...usual, filters: 4, kernel: [3, 3, 3], padding: 'same', dilation: [1, 1, 2], bias: false },
      inputs: [[3, 6, 5, 2]],
      out: 'strides-and-dilation',
      weights: 216,
    },
  ],
})
