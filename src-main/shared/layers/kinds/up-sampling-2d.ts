import { defineUpSampling } from '../up-sampling'

/** Enlarges a picture by repeating its places, or by blending between them. */
export default defineUpSampling({
  kind: 'up-sampling-2d',
  icon: 'scaling',
  axes: ['height', 'width'],
  blends: true,
  examples: [
    { values: { factor: [2, 2], interpolation: 'nearest' }, inputs: [[7, 7, 16]], out: [14, 14, 16], weights: 0 },
    { values: { factor: [1, 3], interpolation: 'nearest' }, inputs: [[5, 6, 3]], out: [5, 18, 3], weights: 0 },
    { values: { factor: [2, 3], interpolation: 'bilinear' }, inputs: [[4, 5, 2]], out: [8, 15, 2], weights: 0 },
  ],
})
