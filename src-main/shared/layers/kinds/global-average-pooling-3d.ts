import { defineGlobalPooling } from '../global-pooling'

/** Averages each channel over a whole volume. */
export default defineGlobalPooling({
  kind: 'global-average-pooling-3d',
  icon: 'circle-dot',
  axes: 3,
  className: 'GlobalAveragePooling3D',
  reduction: 'Mean',
  examples: [
    { values: {}, inputs: [[4, 8, 8, 12]], out: [12], weights: 0 },
    { values: {}, inputs: [[1, 2, 3, 1]], out: [1], weights: 0 },
  ],
})
