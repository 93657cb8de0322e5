import type { Values } from '../../network/document'
import { defineLayer, type LayerKind } from '../define'
import { choice, initialValues, type Param, type Params } from '../params'
import { reshaped } from '../reshape'
import { fails, shapeText, type Inference, type Shape } from '../shape'
import averagePooling1d from './average-pooling-1d'
import averagePooling2d from './average-pooling-2d'
import conv1d from './conv1d'
import conv2d from './conv2d'
import dense from './dense'
import flatten from './flatten'
import globalAveragePooling1d from './global-average-pooling-1d'
import globalAveragePooling2d from './global-average-pooling-2d'
import globalMaxPooling1d from './global-max-pooling-1d'
import globalMaxPooling2d from './global-max-pooling-2d'
import maxPooling1d from './max-pooling-1d'
import maxPooling2d from './max-pooling-2d'

/** The kinds that can stand within: they take one input and draw nothing at random. */
const kinds = [
  dense,
  conv1d,
  conv2d,
  maxPooling1d,
  maxPooling2d,
  averagePooling1d,
  averagePooling2d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  flatten,
] as const

/** The settings of the layer within stand beside its kind, each behind that kind's name: `conv2d.filters`. */
const params: Params = {
  of: choice({ initial: dense.kind, options: kinds.map(({ kind }) => kind) }),
  ...Object.fromEntries(
    kinds.flatMap((kind) =>
      Object.entries(kind.params).map(([name, param]): [string, Param] => [
        `${kind.kind}.${name}`,
        { ...param, showWhen: (values) => values['of'] === kind.kind && (param.showWhen?.(own(kind, values)) ?? true) },
      ]),
    ),
  ),
}

/**
 * One layer applied to every step of a sequence by itself, the same weights at each: to a row of values, to a sequence,
 * or to a picture, as the slices of a volume are.
 */
export default defineLayer({
  kind: 'time-distributed',
  category: 'recurrent',
  icon: 'film',
  params,
  inputs: { min: 1, max: 1, ranks: [2, 3, 4] },
  outShape: (values, [input = []]) => {
    const [steps = 0, ...each] = input
    const one = applied(values, each)
    return one.ok ? { ok: true, shape: [steps, ...one.shape] } : one
  },
  weights: (values, [input = []]) => within(values).weights(own(within(values), values), [input.slice(1)]),
  macs: (values, [input = []]) => {
    const [steps = 0, ...each] = input
    return steps * within(values).macs(own(within(values), values), [each])
  },
  summary: (values) => {
    const kind = within(values)
    return [kind.kind, kind.summary(own(kind, values))].filter(Boolean).join(' · ')
  },
  field: (values) => {
    const kind = within(values)
    const through = kind.field?.(own(kind, values))
    // Along the steps nothing grows; axes of which a layer sees everything are no longer there behind it.
    return (field, axis) => (axis === 0 || !through || through === 'all' ? field : through(field, axis - 1))
  },
  fit: (values, [, ...wanted]) => {
    const kind = within(values)
    const fitted = kind.fit?.(own(kind, values), wanted)
    return fitted && behindName(kind, fitted)
  },
  tfjs: (values, [input = []]) => {
    const kind = within(values)
    const layer = kind.tfjs(own(kind, values), [input.slice(1)])
    if (!layer) throw new Error(`${kind.kind} is no layer`)
    return {
      className: 'TimeDistributed',
      config: { layer: { className: layer.className, config: layer.config } },
    }
  },
  lower: (graph, values, [input], [shape = []]) => {
    const [steps = 0, ...each] = shape
    const kind = within(values)
    const one = applied(values, each)
    if (!input || !one.ok || !kind.lower) throw new Error('what stands within needs an input that it fits')
    // The steps of all samples are so many samples more.
    const value = kind.lower(graph, own(kind, values), [reshaped(graph, input, each)], [each])
    return reshaped(graph, value, [steps, ...one.shape])
  },
  examples: [
    { values: example(dense, { units: 5, activation: 'tanh' }), inputs: [[7, 3]], out: [7, 5], weights: 20 },
    {
      values: example(conv1d, { filters: 4, kernel: [3], strides: [2], padding: 'same', bias: false }),
      inputs: [[3, 9, 2]],
      out: [3, 5, 4],
      weights: 24,
    },
    {
      values: example(conv2d, { filters: 6, kernel: [3, 2], dilation: [1, 2], activation: 'elu' }),
      inputs: [[4, 6, 5, 2]],
      out: [4, 4, 3, 6],
      weights: 78,
    },
    { values: example(maxPooling2d, {}), inputs: [[3, 6, 8, 2]], out: [3, 3, 4, 2], weights: 0 },
    { values: example(averagePooling1d, { window: [3] }), inputs: [[2, 9, 4]], out: [2, 4, 4], weights: 0 },
    { values: example(globalAveragePooling2d, {}), inputs: [[5, 4, 3, 2]], out: [5, 2], weights: 0 },
    { values: example(globalMaxPooling1d, {}), inputs: [[3, 7, 2]], out: [3, 2], weights: 0 },
    { values: example(flatten, {}), inputs: [[3, 4, 5, 2]], out: [3, 40], weights: 0 },
    { values: example(conv2d, {}), inputs: [[9, 9, 2]], out: 'rank-within', weights: 608 },
    { values: example(conv1d, { kernel: [9] }), inputs: [[4, 5, 2]], out: 'kernel-too-large', weights: 608 },
  ],
})

function within(values: Values): LayerKind {
  return kinds.find(({ kind }) => kind === values['of']) ?? dense
}

/** The values of the layer within, by that layer's own names. */
function own(kind: LayerKind, values: Values): Values {
  const entries = Object.keys(kind.params).flatMap((name) => {
    const value = values[`${kind.kind}.${name}`]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(entries)
}

function behindName(kind: LayerKind, values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${kind.kind}.${name}`, value]))
}

/** What the layer within makes of one step. */
function applied(values: Values, each: Shape): Inference {
  const kind = within(values)
  const { ranks } = kind.inputs
  if (ranks.length > 0 && !ranks.includes(each.length))
    return fails('rank-within', { param: 'of', expected: ranks.join(' / '), found: each.length, each: shapeText(each) })
  const result = kind.outShape(own(kind, values), [each])
  if (result.ok) return result
  const { param } = result.problem.params
  const params = typeof param === 'string' ? { ...result.problem.params, param: `${kind.kind}.${param}` } : undefined
  return { ok: false, problem: { ...result.problem, ...(params ? { params } : {}) } }
}

function example(kind: LayerKind, values: Values): Values {
  return { ...initialValues(params), of: kind.kind, ...behindName(kind, values) }
}
