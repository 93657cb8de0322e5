import { definePooling } from '../pooling'

/** Takes the mean of each window of a picture; what lies beyond the edge does not count. */
export default definePooling({
  kind: 'average-pooling-2d',
  icon: 'minimize',
  axes: ['height', 'width'],
  className: 'AveragePooling2D',
  operation: 'AvgPool',
  widest: 64,
  examples: [
    {
      values: { window: [2, 2], strides: [2, 2], padding: 'valid' },
      inputs: [[26, 26, 32]],
      out: [13, 13, 32],
      weights: 0,
    },
    { values: { window: [3, 3], strides: [2, 2], padding: 'same' }, inputs: [[13, 8, 4]], out: [7, 4, 4], weights: 0 },
    {
      values: { window: [3, 2], strides: [1, 2], padding: 'valid' },
      inputs: [[2, 2, 4]],
      out: 'window-too-large',
      weights: 0,
    },
  ],
})
