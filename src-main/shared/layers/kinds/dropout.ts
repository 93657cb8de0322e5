import { rate } from '../common'
import { defineLayer, noWeights } from '../define'
import { lowerDropout } from '../dropping'
import { gives } from '../shape'

/** Sets a random share of the values to zero at every training step (Srivastava et al. 2014); does nothing afterwards. */
export default defineLayer({
  kind: 'dropout',
  category: 'regularization',
  icon: 'eraser',
  params: { rate: rate(0.5) },
  inputs: { min: 1, max: 1, ranks: [] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: () => 0,
  summary: ({ rate }) => String(rate),
  tfjs: ({ rate }) => ({ className: 'Dropout', config: { rate } }),
  lower: (graph, { rate }, [input]) => {
    if (!input) throw new Error('dropout needs an input')
    return lowerDropout(graph, input, rate, 'values')
  },
  examples: [
    { values: { rate: 0.5 }, inputs: [[128]], out: [128], weights: 0 },
    { values: { rate: 0 }, inputs: [[4, 5, 6]], out: [4, 5, 6], weights: 0 },
  ],
})
