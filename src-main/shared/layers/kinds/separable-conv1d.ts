import { defineSeparable, type SeparableValues } from '../separable'
import { usualWeighting } from '../weighting'

const usual: Omit<SeparableValues, 'kernel' | 'filters'> = {
  strides: [1],
  padding: 'valid',
  dilation: [1],
  activation: 'relu',
  bias: true,
  ...usualWeighting,
}

/** Kernels for each channel of a sequence, then filters that mix the channels. */
export default defineSeparable({
  kind: 'separable-conv1d',
  icon: 'layers-2',
  axes: ['length'],
  className: 'SeparableConv1D',
  widest: 1024,
  examples: [
    {
      values: { ...usual, filters: 64, kernel: [9], padding: 'same' },
      inputs: [[100, 32]],
      out: [100, 64],
      weights: 2400,
    },
    {
      values: { ...usual, filters: 5, kernel: [5], strides: [2], activation: 'linear', bias: false },
      inputs: [[11, 4]],
      out: [4, 5],
      weights: 40,
    },
    {
      values: { ...usual, filters: 6, kernel: [3], dilation: [4], activation: 'tanh' },
      inputs: [[19, 3]],
      out: [11, 6],
      weights: 33,
    },
    {
      values: { ...usual, filters: 8, kernel: [3], strides: [2], dilation: [2] },
      inputs: [[9, 3]],
      out: 'strides-and-dilation',
      weights: 41,
    },
  ],
})
