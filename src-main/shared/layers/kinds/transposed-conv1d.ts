import { defineTransposed, type TransposedValues } from '../transposed'
import { usualWeighting } from '../weighting'

const usual: Omit<TransposedValues, 'kernel' | 'filters'> = {
  strides: [2],
  padding: 'valid',
  dilation: [1],
  activation: 'relu',
  bias: true,
  ...usualWeighting,
}

/** A transposed convolution of sequences: lengthens them by its stride. */
export default defineTransposed({
  kind: 'transposed-conv1d',
  icon: 'expand',
  axes: ['length'],
  className: 'Conv1DTranspose',
  widest: 1024,
  examples: [
    {
      values: { ...usual, filters: 16, kernel: [4], padding: 'same' },
      inputs: [[50, 32]],
      out: [100, 16],
      weights: 2064,
    },
    {
      values: { ...usual, filters: 3, kernel: [5], strides: [3], activation: 'linear', bias: false },
      inputs: [[4, 2]],
      out: [14, 3],
      weights: 30,
    },
    {
      values: { ...usual, filters: 4, kernel: [3], strides: [1], dilation: [3], activation: 'tanh' },
      inputs: [[6, 2]],
      out: [12, 4],
      weights: 28,
    },
    {
      values: { ...usual, filters: 4, kernel: [3], padding: 'same', dilation: [2], bias: false },
      inputs: [[6, 2]],
      out: 'strides-and-dilation',
      weights: 24,
    },
  ],
})
