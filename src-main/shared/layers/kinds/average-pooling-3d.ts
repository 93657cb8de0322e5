import { definePooling } from '../pooling'

/** Takes the mean of each window of a volume; what lies beyond the edge does not count. */
export default definePooling({
  kind: 'average-pooling-3d',
  icon: 'minimize',
  axes: ['depth', 'height', 'width'],
  className: 'AveragePooling3D',
  operation: 'AvgPool3D',
  widest: 64,
  examples: [
    {
      values: { window: [2, 2, 2], strides: [2, 2, 2], padding: 'valid' },
      inputs: [[14, 26, 26, 16]],
      out: [7, 13, 13, 16],
      weights: 0,
    },
    {
      values: { window: [1, 3, 2], strides: [1, 2, 2], padding: 'same' },
      inputs: [[5, 9, 7, 3]],
      out: [5, 5, 4, 3],
      weights: 0,
    },
    {
      values: { window: [3, 2, 2], strides: [2, 2, 2], padding: 'valid' },
      inputs: [[2, 8, 8, 4]],
      out: 'window-too-large',
      weights: 0,
    },
  ],
})
