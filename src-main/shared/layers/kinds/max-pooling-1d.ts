import { definePooling } from '../pooling'

/** Keeps the largest value of each window along a sequence. */
export default definePooling({
  kind: 'max-pooling-1d',
  icon: 'minimize-2',
  axes: ['length'],
  className: 'MaxPooling1D',
  operation: 'MaxPool',
  widest: 1024,
  examples: [
    { values: { window: [2], strides: [2], padding: 'valid' }, inputs: [[8000, 16]], out: [4000, 16], weights: 0 },
    { values: { window: [3], strides: [2], padding: 'same' }, inputs: [[13, 4]], out: [7, 4], weights: 0 },
    { values: { window: [3], strides: [1], padding: 'valid' }, inputs: [[2, 4]], out: 'window-too-large', weights: 0 },
  ],
})
