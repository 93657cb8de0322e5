import { defineEdges } from '../edges'

/** Cuts a volume off at its edges. */
export default defineEdges({
  kind: 'cropping-3d',
  icon: 'square-dashed',
  axes: ['depth', 'height', 'width'],
  change: 'crop',
  examples: [
    { values: { before: [1, 1, 1], behind: [1, 1, 1] }, inputs: [[6, 7, 8, 1]], out: [4, 5, 6, 1], weights: 0 },
    { values: { before: [2, 0, 1], behind: [0, 3, 0] }, inputs: [[3, 4, 5, 2]], out: [1, 1, 4, 2], weights: 0 },
    { values: { before: [1, 1, 1], behind: [1, 1, 1] }, inputs: [[2, 5, 5, 1]], out: 'nothing-left', weights: 0 },
  ],
})
