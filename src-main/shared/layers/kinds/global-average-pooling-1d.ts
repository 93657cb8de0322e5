import { defineGlobalPooling } from '../global-pooling'

/** Averages each channel over a whole sequence. */
export default defineGlobalPooling({
  kind: 'global-average-pooling-1d',
  icon: 'circle-dot',
  axes: 1,
  className: 'GlobalAveragePooling1D',
  reduction: 'Mean',
  examples: [
    { values: {}, inputs: [[120, 16]], out: [16], weights: 0 },
    { values: {}, inputs: [[1, 3]], out: [3], weights: 0 },
  ],
})
