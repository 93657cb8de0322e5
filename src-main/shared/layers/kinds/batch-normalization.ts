import type { GraphBuilder } from '../../graph/builder'
import type { GraphValue } from '../../graph/value'
import { pictureShape, throughPictures } from '../channels-last'
import { defineLayer } from '../define'
import { real, toggle } from '../params'
import { gives, sizeOf, type Shape } from '../shape'

/** Moves a running value a step towards a new one, as Keras does: `running · momentum + value · (1 − momentum)`. */
function blend(graph: GraphBuilder, running: GraphValue, value: GraphValue, momentum: number): GraphValue {
  const number = (content: number) => graph.constant('float32', [], [content])
  const kept = graph.op('Mul', [running, number(momentum)])
  return graph.op('AddV2', [kept, graph.op('Mul', [value, number(1 - momentum)])])
}

/**
 * What turns TensorFlow's variance of a batch into Keras's: the fused operation hands on the estimate of the whole
 * data's variance (Bessel: Σ/(n − 1)), while Keras averages the batch's own (Σ/n). The factor is (n − 1)/n.
 */
function withoutBessel(graph: GraphBuilder, pictures: GraphValue, shape: Shape): GraphValue {
  const places = sizeOf(pictureShape(shape).slice(0, -1))
  const sizes = graph.op('Shape', [pictures], { out_type: { type: 'int32' } }, 'int32')
  const index = (n: number) => graph.constant('int32', [1], [n])
  const batch = graph.op('Slice', [sizes, index(0), index(1)], { Index: { type: 'int32' } })
  const count = graph.op('Mul', [graph.cast(batch, 'float32'), graph.constant('float32', [], [places])])
  const one = graph.constant('float32', [], [1])
  return graph.op('RealDiv', [graph.op('Sub', [count, one]), count])
}

/**
 * Brings every channel to mean 0 and variance 1 over the batch, then to a mean and spread that are learned (Ioffe and
 * Szegedy, "Batch normalization", 2015). Outside of training the running mean and variance stand for the batch's.
 */
export default defineLayer({
  kind: 'batch-normalization',
  category: 'normalization',
  icon: 'scale',
  params: {
    momentum: real({ initial: 0.99, min: 0, max: 0.9999, step: 0.01 }),
    epsilon: real({ initial: 0.001, min: 0.0000001, max: 1, step: 0.001 }),
    center: toggle({ initial: true }),
    scale: toggle({ initial: true }),
  },
  inputs: { min: 1, max: 1, ranks: [1, 2, 3, 4] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: ({ center, scale }, [input]) => {
    const channels = input?.at(-1) ?? 0
    return { trainable: channels * (Number(center) + Number(scale)), frozen: 2 * channels }
  },
  // At the end scale and mean come to one multiplication and one addition for every value.
  macs: (_values, [input]) => sizeOf(input ?? []),
  summary: ({ momentum }) => String(momentum),
  tfjs: ({ momentum, epsilon, center, scale }) => ({
    className: 'BatchNormalization',
    config: { momentum, epsilon, center, scale },
  }),
  lower: (graph, { momentum, epsilon, center, scale }, [input], [shape = []]) => {
    if (!input) throw new Error('batch normalization needs an input')
    const count = shape.at(-1) ?? 1
    const channels = [count]
    const all = (value: number) => graph.constant('float32', channels, Array<number>(count).fill(value))
    const gamma = scale ? graph.weight('gamma', channels, 'float32') : all(1)
    const beta = center ? graph.weight('beta', channels, 'float32') : all(0)
    const mean = graph.statistic('moving_mean', channels)
    const variance = graph.statistic('moving_variance', channels)
    return throughPictures(graph, input, shape, (pictures) => {
      const none = graph.constant('float32', [0], [])
      const known = graph.training ? [none, none] : [mean, variance]
      const result = graph.op('FusedBatchNormV3', [pictures, gamma, beta, ...known], {
        U: { type: 'float32' },
        epsilon: { float: epsilon },
        is_training: { bool: graph.training },
      })
      if (graph.training) {
        const seen = graph.op('Mul', [graph.output(result, 2, 'float32'), withoutBessel(graph, pictures, shape)])
        graph.moveStatistic('moving_mean', blend(graph, mean, graph.output(result, 1, 'float32'), momentum))
        graph.moveStatistic('moving_variance', blend(graph, variance, seen, momentum))
      }
      return result
    })
  },
  examples: [
    {
      values: { momentum: 0.99, epsilon: 0.001, center: true, scale: true },
      inputs: [[32, 32, 16]],
      out: [32, 32, 16],
      weights: 64,
    },
    {
      values: { momentum: 0.9, epsilon: 0.00001, center: true, scale: false },
      inputs: [[100]],
      out: [100],
      weights: 300,
    },
    {
      values: { momentum: 0.9, epsilon: 0.001, center: false, scale: true },
      inputs: [[50, 8]],
      out: [50, 8],
      weights: 24,
    },
    {
      values: { momentum: 0.99, epsilon: 0.001, center: false, scale: false },
      inputs: [[4, 6, 6, 5]],
      out: [4, 6, 6, 5],
      weights: 10,
    },
  ],
})
