import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { familyOf } from './family'
import type { Axes } from './common'
import { choice, size } from './params'
import { reshaped } from './reshape'
import { gives, sizeOf, type Shape } from './shape'

/** What sets one up-sampling apart from another: the axes along which places are repeated. */
export interface UpSamplingPlan {
  readonly kind: string
  readonly icon: string
  readonly axes: Axes
  /** Whether new places may also lie between their neighbours; Keras has that for pictures only. */
  readonly blends?: true
  readonly examples: readonly LayerExample<UpSamplingValues>[]
}

interface UpSamplingValues {
  readonly factor: number[]
  readonly interpolation?: (typeof interpolations)[number]
}

const interpolations = ['nearest', 'bilinear'] as const

/** Repeats every place along each axis, so that the nearest value stands at each new one, or blends between neighbours. */
export function defineUpSampling({ kind, icon, axes, blends, examples }: UpSamplingPlan): LayerKind {
  const className = `UpSampling${axes.length}D`
  const interpolation = choice({ initial: 'nearest', options: interpolations, texts: 'interpolation' })
  return defineLayer({
    kind,
    category: 'shape',
    icon,
    params: {
      factor: size({ initial: axes.map(() => 2), min: 1, max: 64, axes, texts: 'factor' }),
      ...(blends ? { interpolation } : {}),
    },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    outShape: ({ factor }, [input = []]) => gives(...enlarged(factor, input)),
    weights: () => noWeights,
    macs: () => 0,
    summary: ({ factor }) => `× ${factor.join('×')}`,
    field:
      ({ factor, interpolation }) =>
      ({ size, stride }, axis) => {
        const times = factor[axis] ?? 1
        // Between two places both are seen.
        return { size: interpolation === 'bilinear' && times > 1 ? size + stride : size, stride: stride / times }
      },
    family: familyOf(className, axes.length),
    tfjs: ({ factor, interpolation }) => {
      const config = { size: factor.length === 1 ? factor[0] : factor }
      // tfjs's own takes the first place for a corner where Keras takes it for the middle of a pixel.
      if (interpolation === 'bilinear') return { className, config: { ...config, interpolation }, kerasOnly: true }
      return { className, config }
    },
    lower: (graph, { factor, interpolation }, [input], [shape = []]) => {
      if (!input) throw new Error('up-sampling needs an input')
      if (interpolation === 'bilinear') return blend(graph, input, enlarged(factor, shape).slice(0, -1))
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

/** Pictures of another height and width, in which each pixel's middle lies between those of its neighbours. */
function blend(graph: GraphBuilder, input: GraphValue, places: readonly number[]): GraphValue {
  const sizes = graph.constant('int32', [2], places)
  // The operation gives float32 whatever it is given.
  const value = graph.cast(input, 'float32')
  return graph.cast(graph.op('ResizeBilinear', [value, sizes], { half_pixel_centers: { bool: true } }), input.dtype)
}
