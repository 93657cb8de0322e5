import { defineEdges } from '../edges'

/** Puts zeros around a picture, so that windows reach its edge. */
export default defineEdges({
  kind: 'zero-padding-2d',
  icon: 'frame',
  axes: ['height', 'width'],
  change: 'pad',
  examples: [
    { values: { before: [1, 1], behind: [1, 1] }, inputs: [[28, 28, 1]], out: [30, 30, 1], weights: 0 },
    { values: { before: [0, 2], behind: [3, 1] }, inputs: [[5, 6, 3]], out: [8, 9, 3], weights: 0 },
  ],
})
