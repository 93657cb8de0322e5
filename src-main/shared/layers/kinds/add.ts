import { defineMerge, lowerSum } from '../merging'

/** Adds what several layers put out, value by value: the way round in a residual block (He et al. 2015). */
export default defineMerge({
  kind: 'add',
  icon: 'circle-plus',
  className: 'Add',
  lower: lowerSum,
  examples: [
    {
      values: {},
      inputs: [
        [32, 32, 16],
        [32, 32, 16],
      ],
      out: [32, 32, 16],
      weights: 0,
    },
    { values: {}, inputs: [[7], [7], [7]], out: [7], weights: 0 },
    {
      values: {},
      inputs: [
        [32, 32, 16],
        [16, 16, 32],
      ],
      out: 'shapes-not-equal',
      weights: 0,
    },
  ],
})
