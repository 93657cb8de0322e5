import { defineMerge, lowerSum } from '../merging'

/** Averages what several layers put out, value by value. */
export default defineMerge({
  kind: 'average',
  icon: 'diameter',
  className: 'Average',
  lower: (graph, inputs) => {
    const sum = lowerSum(graph, inputs)
    return graph.op('Mul', [sum, graph.cast(graph.constant('float32', [], [1 / inputs.length]), sum.dtype)])
  },
  examples: [
    {
      values: {},
      inputs: [
        [20, 6],
        [20, 6],
      ],
      out: [20, 6],
      weights: 0,
    },
    { values: {}, inputs: [[7], [7], [7]], out: [7], weights: 0 },
    { values: {}, inputs: [[7], [8]], out: 'shapes-not-equal', weights: 0 },
  ],
})
