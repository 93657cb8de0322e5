import { defineLayer, noWeights } from '../define'
import { real } from '../params'
import { gives } from '../shape'

/** Adds normally distributed numbers to the values at every training step (Bishop 1995); does nothing afterwards. */
export default defineLayer({
  kind: 'gaussian-noise',
  category: 'regularization',
  icon: 'audio-waveform',
  params: { deviation: real({ initial: 0.1, min: 0, max: 100, step: 0.05 }) },
  inputs: { min: 1, max: 1, ranks: [] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: () => 0,
  summary: ({ deviation }) => `σ = ${deviation}`,
  tfjs: ({ deviation }) => ({ className: 'GaussianNoise', config: { stddev: deviation } }),
  lower: (graph, { deviation }, [input]) => {
    if (!input) throw new Error('noise needs an input')
    if (!graph.training || deviation === 0) return input
    const shape = graph.op('Shape', [input], { out_type: { type: 'int32' } }, 'int32')
    const types = { T: { type: 'int32' }, Tseed: { type: 'int32' }, dtype: { type: 'float32' } } as const
    const draws = graph.op('StatelessRandomNormal', [shape, graph.randomSeed()], types, 'float32')
    const noise = graph.op('Mul', [draws, graph.constant('float32', [], [deviation])])
    return graph.op('AddV2', [input, graph.cast(noise, input.dtype)])
  },
  examples: [
    { values: { deviation: 0.1 }, inputs: [[28, 28, 1]], out: [28, 28, 1], weights: 0 },
    { values: { deviation: 0 }, inputs: [[16]], out: [16], weights: 0 },
  ],
})
