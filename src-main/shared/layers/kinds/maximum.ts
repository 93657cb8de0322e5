import { defineMerge, lowerInTurn } from '../merging'

/** Takes the largest of what several layers put out, value by value (Goodfellow et al., "Maxout networks", 2013). */
export default defineMerge({
  kind: 'maximum',
  icon: 'chevrons-up',
  className: 'Maximum',
  lower: (graph, inputs) => lowerInTurn(graph, 'Maximum', inputs),
  examples: [
    {
      values: {},
      inputs: [
        [8, 8, 8, 4],
        [8, 8, 8, 4],
      ],
      out: [8, 8, 8, 4],
      weights: 0,
    },
    { values: {}, inputs: [[7], [7], [7]], out: [7], weights: 0 },
    {
      values: {},
      inputs: [
        [9, 4],
        [8, 4],
      ],
      out: 'shapes-not-equal',
      weights: 0,
    },
  ],
})
