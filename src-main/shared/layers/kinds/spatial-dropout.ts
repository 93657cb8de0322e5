import { rate } from '../common'
import { defineLayer, noWeights } from '../define'
import { lowerDropout } from '../dropping'
import { gives } from '../shape'

/** Sets a random share of the channels to zero at every training step, each wholly (Tompson et al. 2015). */
export default defineLayer({
  kind: 'spatial-dropout',
  category: 'regularization',
  icon: 'layers-2',
  params: { rate: rate(0.25) },
  inputs: { min: 1, max: 1, ranks: [2, 3, 4] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: () => 0,
  summary: ({ rate }) => String(rate),
  // One class for each number of axes; a picture's where nothing comes in yet.
  tfjs: ({ rate }, [input]) => ({ className: `SpatialDropout${(input?.length ?? 3) - 1}D`, config: { rate } }),
  lower: (graph, { rate }, [input], [shape = []]) => {
    if (!input) throw new Error('spatial dropout needs an input')
    return lowerDropout(graph, input, rate, { channels: shape.at(-1) ?? 1, axes: shape.length - 1 })
  },
  examples: [
    { values: { rate: 0.25 }, inputs: [[14, 14, 32]], out: [14, 14, 32], weights: 0 },
    { values: { rate: 0.5 }, inputs: [[40, 8]], out: [40, 8], weights: 0 },
    { values: { rate: 0 }, inputs: [[3, 4, 5, 2]], out: [3, 4, 5, 2], weights: 0 },
  ],
})
