import { defineGlobalPooling } from '../global-pooling'

/** Averages each channel over a whole picture. */
export default defineGlobalPooling({
  kind: 'global-average-pooling-2d',
  icon: 'circle-dot',
  axes: 2,
  className: 'GlobalAveragePooling2D',
  reduction: 'Mean',
  examples: [
    { values: {}, inputs: [[8, 8, 10]], out: [10], weights: 0 },
    { values: {}, inputs: [[1, 5, 3]], out: [3], weights: 0 },
  ],
})
