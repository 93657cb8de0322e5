import { defineEdges } from '../edges'

/** Puts zeros around a sequence, so that windows reach its edge. */
export default defineEdges({
  kind: 'zero-padding-1d',
  icon: 'stretch-horizontal',
  axes: ['length'],
  change: 'pad',
  examples: [
    { values: { before: [2], behind: [1] }, inputs: [[10, 4]], out: [13, 4], weights: 0 },
    { values: { before: [0], behind: [3] }, inputs: [[7, 1]], out: [10, 1], weights: 0 },
  ],
})
