import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { familyOf } from './family'
import { reshaped } from './reshape'
import { gives } from './shape'

/** What sets one global pooling apart from another: how many axes it goes over, and what it makes of a channel. */
export interface GlobalPoolingPlan {
  readonly kind: string
  readonly icon: string
  /** The number of axes that have places: 1 to 3. */
  readonly axes: number
  /** The Keras class. */
  readonly className: string
  /** TensorFlow's operation over axes. */
  readonly reduction: 'Mean' | 'Max'
  readonly examples: readonly LayerExample<Readonly<Record<never, never>>>[]
}

/** Makes one value of each channel: the head that needs no dense layers (Lin et al., "Network In Network", 2013). */
export function defineGlobalPooling(plan: GlobalPoolingPlan): LayerKind {
  const { kind, icon, axes, className, reduction, examples } = plan
  return defineLayer({
    kind,
    category: 'pooling',
    icon,
    params: {},
    inputs: { min: 1, max: 1, ranks: [axes + 1] },
    outShape: (_values, [input = []]) => gives(input.at(-1) ?? 0),
    weights: () => noWeights,
    macs: () => 0,
    summary: () => '',
    field: () => 'all',
    family: familyOf(className, axes),
    inputFor: (wanted, input) => (wanted.length === 1 ? [...input.slice(0, -1), ...wanted] : undefined),
    tfjs: () => ({ className, config: {} }),
    lower: (graph, _values, [input], [shape = []]) => {
      if (!input) throw new Error('pooling needs an input')
      const places = Array.from({ length: axes }, (_unused, axis) => axis + 1)
      const over = graph.constant('int32', [axes], places)
      // Thousands of values are averaged: half precision would lose digits in the sum.
      const values = graph.cast(input, 'float32')
      const kept = graph.op(reduction, [values, over], { keep_dims: { bool: true }, Tidx: { type: 'int32' } })
      return graph.cast(reshaped(graph, kept, [shape.at(-1) ?? 0]), input.dtype)
    },
    examples,
  })
}
