import { definePooling } from '../pooling'

/** Takes the mean of each window of a sequence; what lies beyond the edge does not count. */
export default definePooling({
  kind: 'average-pooling-1d',
  icon: 'minimize',
  axes: ['length'],
  className: 'AveragePooling1D',
  operation: 'AvgPool',
  widest: 1024,
  examples: [
    { values: { window: [2], strides: [2], padding: 'valid' }, inputs: [[8000, 16]], out: [4000, 16], weights: 0 },
    { values: { window: [3], strides: [2], padding: 'same' }, inputs: [[13, 4]], out: [7, 4], weights: 0 },
    { values: { window: [3], strides: [1], padding: 'valid' }, inputs: [[2, 4]], out: 'window-too-large', weights: 0 },
  ],
})
