import { defineEdges } from '../edges'

/** Cuts a picture off at its edges. */
export default defineEdges({
  kind: 'cropping-2d',
  icon: 'crop',
  axes: ['height', 'width'],
  change: 'crop',
  examples: [
    { values: { before: [1, 1], behind: [1, 1] }, inputs: [[28, 28, 1]], out: [26, 26, 1], weights: 0 },
    { values: { before: [0, 2], behind: [3, 1] }, inputs: [[5, 6, 3]], out: [2, 3, 3], weights: 0 },
    { values: { before: [1, 3], behind: [1, 3] }, inputs: [[9, 6, 2]], out: 'nothing-left', weights: 0 },
  ],
})
