import { defineGlobalPooling } from '../global-pooling'

/** Keeps the largest value of each channel over a whole volume. */
export default defineGlobalPooling({
  kind: 'global-max-pooling-3d',
  icon: 'target',
  axes: 3,
  className: 'GlobalMaxPooling3D',
  reduction: 'Max',
  examples: [
    { values: {}, inputs: [[4, 8, 8, 12]], out: [12], weights: 0 },
    { values: {}, inputs: [[1, 2, 3, 1]], out: [1], weights: 0 },
  ],
})
