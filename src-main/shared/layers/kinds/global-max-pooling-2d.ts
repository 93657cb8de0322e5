import { defineGlobalPooling } from '../global-pooling'

/** Keeps the largest value of each channel over a whole picture. */
export default defineGlobalPooling({
  kind: 'global-max-pooling-2d',
  icon: 'target',
  axes: 2,
  className: 'GlobalMaxPooling2D',
  reduction: 'Max',
  examples: [
    { values: {}, inputs: [[8, 8, 10]], out: [10], weights: 0 },
    { values: {}, inputs: [[1, 5, 3]], out: [3], weights: 0 },
  ],
})
