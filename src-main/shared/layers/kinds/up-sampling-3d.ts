import { defineUpSampling } from '../up-sampling'

/** Enlarges a volume by repeating its places. */
export default defineUpSampling({
  kind: 'up-sampling-3d',
  icon: 'maximize',
  axes: ['depth', 'height', 'width'],
  examples: [
    { values: { factor: [2, 2, 2] }, inputs: [[4, 4, 4, 2]], out: [8, 8, 8, 2], weights: 0 },
    { values: { factor: [3, 1, 2] }, inputs: [[2, 3, 4, 3]], out: [6, 3, 8, 3], weights: 0 },
  ],
})
