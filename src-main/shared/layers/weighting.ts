import type { GraphBuilder } from '../graph/builder'
import type { DType, GraphValue } from '../graph/value'
import { choice, real } from './params'
import { sizeOf } from './shape'

/** How first weights are drawn, by the names of TensorFlow.js. */
export const initializers = ['glorotUniform', 'heNormal', 'heUniform', 'leCunNormal', 'randomNormal', 'zeros'] as const
export const regularizers = ['none', 'l1', 'l2'] as const

/** What every layer with a kernel lets one choose about it. */
export interface Weighting {
  readonly initializer: (typeof initializers)[number]
  readonly regularizer: (typeof regularizers)[number]
  /** What the regularizer's sum is multiplied by. */
  readonly penalty: number
}

/** What a layer begins with, as Keras does. */
export const usualWeighting: Weighting = { initializer: 'glorotUniform', regularizer: 'none', penalty: 0.0001 }

export const weightingParams = {
  initializer: choice({ initial: usualWeighting.initializer, options: initializers, texts: 'initializer' }),
  regularizer: choice({ initial: usualWeighting.regularizer, options: regularizers, texts: 'regularizer' }),
  penalty: real({
    initial: usualWeighting.penalty,
    min: 0.000001,
    max: 1,
    step: 0.0001,
    texts: 'penalty',
    showWhen: ({ regularizer }) => regularizer !== 'none' && regularizer !== undefined,
  }),
}

/** Kernels by what Keras puts before `Initializer` and `Regularizer` in its settings. */
export type KernelRole = 'kernel' | 'depthwise' | 'pointwise'

/** The settings of a layer's kernels in Keras's words; what Keras does by itself is left out. */
export function weightingConfig(
  { initializer, regularizer, penalty }: Weighting,
  roles: readonly KernelRole[] = ['kernel'],
): Record<string, unknown> {
  const penalties = { l1: 0, l2: 0, ...(regularizer === 'none' ? {} : { [regularizer]: penalty }) }
  return Object.fromEntries(
    roles.flatMap((role) => [
      ...(initializer === usualWeighting.initializer ? [] : [[`${role}Initializer`, initializer]]),
      ...(regularizer === 'none' ? [] : [[`${role}Regularizer`, { className: 'L1L2', config: penalties }]]),
    ]),
  )
}

/**
 * A kernel, and in training its part of the loss: `penalty` times the sum of its weights' sizes (L1) or squares (L2), as
 * in Keras.
 */
export function kernelWeight(
  graph: GraphBuilder,
  name: string,
  shape: readonly number[],
  { regularizer, penalty }: Weighting,
  dtype?: DType,
): GraphValue {
  const value = graph.weight(name, shape, dtype)
  const times = (sum: GraphValue, factor: number) => graph.op('Mul', [sum, graph.constant('float32', [], [factor])])
  if (regularizer === 'l1') graph.penalize(name, (weight) => times(meanSize(graph, weight), penalty * sizeOf(shape)))
  // TensorFlow's loss is half the sum of squares.
  if (regularizer === 'l2') graph.penalize(name, (weight) => times(graph.op('L2Loss', [weight]), 2 * penalty))
  return value
}

/** The mean of all values' sizes, a scalar. */
function meanSize(graph: GraphBuilder, weight: GraphValue): GraphValue {
  const row = graph.constant('int32', [1], [-1])
  const flat = graph.op('Reshape', [graph.op('Abs', [weight]), row], { Tshape: { type: 'int32' } })
  const kept = { keep_dims: { bool: true }, Tidx: { type: 'int32' } } as const
  const mean = graph.op('Mean', [flat, graph.constant('int32', [1], [0])], kept)
  return graph.op('Reshape', [mean, graph.constant('int32', [0], [])], { Tshape: { type: 'int32' } })
}
