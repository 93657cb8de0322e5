import { defineConvolution } from '../convolution'

/** One group of neurons copied along a sequence: sound, text, measurements over time. */
export default defineConvolution({
  kind: 'conv1d',
  icon: 'columns-3',
  axes: ['length'],
  className: 'Conv1D',
  operation: 'Conv2D',
  takesGroups: true,
  widest: 1024,
  examples: [
    {
      values: { filters: 32, kernel: [9], strides: [1], padding: 'valid', groups: 1, activation: 'relu', bias: true },
      inputs: [[8000, 1]],
      out: [7992, 32],
      weights: 320,
    },
    {
      values: { filters: 8, kernel: [5], strides: [2], padding: 'same', groups: 1, activation: 'linear', bias: false },
      inputs: [[11, 3]],
      out: [6, 8],
      weights: 120,
    },
    {
      values: { filters: 12, kernel: [3], strides: [3], padding: 'valid', groups: 4, activation: 'tanh', bias: true },
      inputs: [[20, 8]],
      out: [6, 12],
      weights: 84,
    },
    {
      values: { filters: 4, kernel: [9], strides: [1], padding: 'valid', groups: 1, activation: 'relu', bias: true },
      inputs: [[8, 2]],
      out: 'kernel-too-large',
      weights: 76,
    },
    {
      values: { filters: 6, kernel: [2], strides: [1], padding: 'same', groups: 3, activation: 'relu', bias: true },
      inputs: [[8, 4]],
      out: 'groups-uneven',
      weights: 22,
    },
  ],
})
