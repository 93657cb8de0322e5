import { defineEdges } from '../edges'

/** Puts zeros around a volume, so that windows reach its edge. */
export default defineEdges({
  kind: 'zero-padding-3d',
  icon: 'expand',
  axes: ['depth', 'height', 'width'],
  change: 'pad',
  examples: [
    { values: { before: [1, 1, 1], behind: [1, 1, 1] }, inputs: [[6, 7, 8, 1]], out: [8, 9, 10, 1], weights: 0 },
    { values: { before: [2, 0, 1], behind: [0, 3, 0] }, inputs: [[3, 4, 5, 2]], out: [5, 7, 6, 2], weights: 0 },
  ],
})
