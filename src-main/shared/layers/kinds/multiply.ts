import { defineMerge, lowerInTurn } from '../merging'

/** Multiplies what several layers put out, value by value: one decides how much of the other goes on, as a gate does. */
export default defineMerge({
  kind: 'multiply',
  icon: 'circle-x',
  className: 'Multiply',
  products: (inputs) => inputs - 1,
  lower: (graph, inputs) => lowerInTurn(graph, 'Mul', inputs),
  examples: [
    {
      values: {},
      inputs: [
        [14, 14, 8],
        [14, 14, 8],
      ],
      out: [14, 14, 8],
      weights: 0,
    },
    { values: {}, inputs: [[7], [7], [7]], out: [7], weights: 0 },
    {
      values: {},
      inputs: [
        [9, 4],
        [9, 5],
      ],
      out: 'shapes-not-equal',
      weights: 0,
    },
  ],
})
