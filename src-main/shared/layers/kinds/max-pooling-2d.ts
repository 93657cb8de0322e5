import { definePooling } from '../pooling'

/** Keeps the largest value of each window: the picture shrinks, small shifts stop to matter. */
export default definePooling({
  kind: 'max-pooling-2d',
  icon: 'minimize-2',
  axes: ['height', 'width'],
  className: 'MaxPooling2D',
  operation: 'MaxPool',
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
