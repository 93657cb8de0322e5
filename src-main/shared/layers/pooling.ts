import type { Padding } from './arithmetic'
import { padding, strides, window } from './common'
import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { familyOf } from './family'
import type { Axis } from './params'
import { fails, gives, shapeText, type Inference, type Shape } from './shape'
import { asRow, fieldThrough, overWindows, placesOf, windowAttributes, type Windows } from './windows'

export interface PoolingValues {
  readonly window: number[]
  readonly strides: number[]
  readonly padding: Padding
}

/** What sets one pooling apart from another: its axes, and what it makes of a window. */
export interface PoolingPlan {
  readonly kind: string
  readonly icon: string
  readonly axes: readonly [Axis, ...Axis[]]
  /** The Keras class. */
  readonly className: string
  /** TensorFlow's operation. `AvgPool` and `AvgPool3D` leave what lies beyond the edge out of the mean, as Keras does. */
  readonly operation: string
  readonly widest: number
  readonly examples: readonly LayerExample<PoolingValues>[]
}

/** Makes one value of each window along the axes, channel by channel. */
export function definePooling({ kind, icon, axes, className, operation, widest, examples }: PoolingPlan): LayerKind {
  return defineLayer({
    kind,
    category: 'pooling',
    icon,
    params: {
      window: window(2, axes, widest),
      strides: strides(2, axes, widest),
      padding,
    },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    outShape: (values, [input = []]) => pooled(values, input),
    weights: () => noWeights,
    macs: () => 0,
    summary: ({ window, strides }) => `${window.join('×')} / ${strides.join('×')}`,
    field: (values) => fieldThrough(windowsOf(values)),
    family: familyOf(className, axes.length),
    tfjs: ({ window, strides, padding }) => ({ className, config: { poolSize: window, strides, padding } }),
    lower: (graph, values, [input], [shape = []]) => {
      if (!input) throw new Error('pooling needs an input')
      const out = pooled(values, shape)
      if (!out.ok) throw new Error(`pooling does not fit: ${out.problem.code}`)
      const attributes = { ...windowAttributes(values), ksize: { ints: [1, ...asRow(values.window), 1] } }
      // CPUs have no float16 kernels for volumes.
      const known = axes.length === 3 && input.dtype === 'float16' ? graph.cast(input, 'float32') : input
      const made = overWindows(graph, known, shape, out.shape, (value) => graph.op(operation, [value], attributes))
      return graph.cast(made, input.dtype)
    },
    examples,
  })
}

function windowsOf({ window, strides, padding }: PoolingValues): Windows {
  return { size: window, strides, padding }
}

function pooled(values: PoolingValues, input: Shape): Inference {
  const places = placesOf(windowsOf(values), input)
  if (places) return gives(...places, input.at(-1) ?? 0)
  return fails('window-too-large', { window: shapeText(values.window), input: shapeText(input.slice(0, -1)) })
}
