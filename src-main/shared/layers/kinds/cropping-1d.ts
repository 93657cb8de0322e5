import { defineEdges } from '../edges'

/** Cuts a sequence off at its edges. */
export default defineEdges({
  kind: 'cropping-1d',
  icon: 'unfold-horizontal',
  axes: ['length'],
  change: 'crop',
  examples: [
    { values: { before: [2], behind: [1] }, inputs: [[10, 4]], out: [7, 4], weights: 0 },
    { values: { before: [0], behind: [3] }, inputs: [[7, 1]], out: [4, 1], weights: 0 },
    { values: { before: [4], behind: [3] }, inputs: [[7, 1]], out: 'nothing-left', weights: 0 },
  ],
})
