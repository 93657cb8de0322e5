import { defineUpSampling } from '../up-sampling'

/** Enlarges a picture by repeating its places. */
export default defineUpSampling({
  kind: 'up-sampling-2d',
  icon: 'scaling',
  axes: ['height', 'width'],
  examples: [
    { values: { factor: [2, 2] }, inputs: [[7, 7, 16]], out: [14, 14, 16], weights: 0 },
    { values: { factor: [1, 3] }, inputs: [[5, 6, 3]], out: [5, 18, 3], weights: 0 },
  ],
})
