import { defineGlobalPooling } from '../global-pooling'

/** Keeps the largest value of each channel over a whole sequence. */
export default defineGlobalPooling({
  kind: 'global-max-pooling-1d',
  icon: 'target',
  axes: 1,
  className: 'GlobalMaxPooling1D',
  reduction: 'Max',
  examples: [
    { values: {}, inputs: [[120, 16]], out: [16], weights: 0 },
    { values: {}, inputs: [[1, 3]], out: [3], weights: 0 },
  ],
})
