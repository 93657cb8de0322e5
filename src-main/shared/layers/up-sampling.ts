import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { familyOf } from './family'
import { size, type Axis } from './params'
import { reshaped } from './reshape'
import { gives, sizeOf, type Shape } from './shape'

/** What sets one up-sampling apart from another: the axes along which places are repeated. */
export interface UpSamplingPlan {
  readonly kind: string
  readonly icon: string
  readonly axes: readonly [Axis, ...Axis[]]
  readonly examples: readonly LayerExample<{ readonly factor: number[] }>[]
}

/** Repeats every place along each axis, so that the nearest value stands at each new one. */
export function defineUpSampling({ kind, icon, axes, examples }: UpSamplingPlan): LayerKind {
  const className = `UpSampling${axes.length}D`
  return defineLayer({
    kind,
    category: 'shape',
    icon,
    params: { factor: size({ initial: axes.map(() => 2), min: 1, max: 64, axes, texts: 'factor' }) },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    outShape: ({ factor }, [input = []]) => gives(...enlarged(factor, input)),
    weights: () => noWeights,
    macs: () => 0,
    summary: ({ factor }) => `× ${factor.join('×')}`,
    field:
      ({ factor }) =>
      (field, axis) => ({ ...field, stride: field.stride / (factor[axis] ?? 1) }),
    family: familyOf(className, axes.length),
    tfjs: ({ factor }) => ({ className, config: { size: factor.length === 1 ? factor[0] : factor } }),
    lower: (graph, { factor }, [input], [shape = []]) => {
      if (!input) throw new Error('up-sampling needs an input')
      const repeated = factor.reduceRight(
        (value, times, axis) => (times === 1 ? value : repeat(graph, value, times, placesBehind(factor, shape, axis))),
        input,
      )
      return reshaped(graph, repeated, enlarged(factor, shape))
    },
    examples,
  })
}

function enlarged(factor: readonly number[], input: Shape): number[] {
  return [...factor.map((times, axis) => (input[axis] ?? 0) * times), input.at(-1) ?? 0]
}

/** How many values lie behind one place of an axis, once the axes behind it are enlarged. */
function placesBehind(factor: readonly number[], shape: Shape, axis: number): number {
  return sizeOf(enlarged(factor, shape).slice(axis + 1))
}

/** Stretches of `length` values, each of them so many times. Multiplying by ones repeats, and its gradient adds up. */
function repeat(graph: GraphBuilder, value: GraphValue, times: number, length: number): GraphValue {
  const ones = graph.constant('float32', [times, 1], Array<number>(times).fill(1))
  return graph.op('Mul', [reshaped(graph, value, [1, length]), graph.cast(ones, value.dtype)])
}
