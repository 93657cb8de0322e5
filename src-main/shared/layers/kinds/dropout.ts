import { defineLayer, noWeights } from '../define'
import { real } from '../params'
import { gives } from '../shape'

/** Sets a random share of the values to zero at every training step (Srivastava et al. 2014); does nothing afterwards. */
export default defineLayer({
  kind: 'dropout',
  category: 'regularization',
  icon: 'eraser',
  params: { rate: real({ initial: 0.5, min: 0, max: 0.95, step: 0.05 }) },
  inputs: { min: 1, max: 1, ranks: [] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: () => 0,
  summary: ({ rate }) => String(rate),
  tfjs: ({ rate }) => ({ className: 'Dropout', config: { rate } }),
  lower: (graph, { rate }, [input]) => {
    if (!input) throw new Error('dropout needs an input')
    if (!graph.training || rate === 0) return input
    const shape = graph.op('Shape', [input], { out_type: { type: 'int32' } }, 'int32')
    const seed = graph.randomSeed()
    const types = { T: { type: 'int32' }, Tseed: { type: 'int32' }, dtype: { type: 'float32' } } as const
    const draws = graph.op('StatelessRandomUniform', [shape, seed], types, 'float32')
    const kept = graph.op('GreaterEqual', [draws, graph.constant('float32', [], [rate])], {}, 'bool')
    const scale = graph.constant('float32', [], [1 / (1 - rate)])
    const mask = graph.op('StopGradient', [graph.op('Mul', [graph.cast(kept, 'float32'), scale])])
    return graph.op('Mul', [input, graph.cast(mask, input.dtype)])
  },
  examples: [
    { values: { rate: 0.5 }, inputs: [[128]], out: [128], weights: 0 },
    { values: { rate: 0 }, inputs: [[4, 5, 6]], out: [4, 5, 6], weights: 0 },
  ],
})
