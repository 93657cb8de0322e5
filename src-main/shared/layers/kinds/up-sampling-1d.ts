import { defineUpSampling } from '../up-sampling'

/** Enlarges a sequence by repeating its places. */
export default defineUpSampling({
  kind: 'up-sampling-1d',
  icon: 'zoom-in',
  axes: ['length'],
  examples: [
    { values: { factor: [2] }, inputs: [[10, 4]], out: [20, 4], weights: 0 },
    { values: { factor: [3] }, inputs: [[7, 1]], out: [21, 1], weights: 0 },
  ],
})
