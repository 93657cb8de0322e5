import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import type { ReceptiveField } from './arithmetic'
import { dilation } from './common'
import { defineLayer, type LayerKind } from './define'
import { familyOf } from './family'
import { gives, sizeOf, type Shape } from './shape'
import { spreadKernel } from './spread'
import { kernelWeight } from './weighting'
import {
  filters,
  fitFilters,
  kernelConfig,
  lowerSums,
  sumParams,
  windowParams,
  windowsOf,
  type KernelPlan,
  type SumValues,
  type WindowValues,
} from './windowed'
import {
  asRowKernel,
  dilationSummary,
  isSpread,
  overWindows,
  stridesProblem,
  windowAttributes,
  type Windows,
} from './windows'

export interface TransposedValues extends WindowValues, SumValues {
  readonly filters: number
  readonly dilation: number[]
}

/**
 * A convolution the other way round: every place of the input is spread over a window of the output, so that strides
 * enlarge it (Zeiler et al., "Deconvolutional networks", 2010; Dumoulin and Visin 2016). It undoes the sizes of the
 * convolution with the same settings, not its values.
 */
export function defineTransposed({
  kind,
  icon,
  axes,
  className,
  widest,
  examples,
}: KernelPlan<TransposedValues>): LayerKind {
  return defineLayer({
    kind,
    category: 'convolution',
    icon,
    params: {
      filters: filters(),
      ...windowParams(axes, widest, 2),
      dilation: dilation(axes, widest),
      ...sumParams,
    },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    family: familyOf(className, axes.length),
    filters: { weight: 'kernel', order: 'filters-inputs' },
    outShape: (values, [input = []]) => {
      const windows = windowsOf(values)
      const refused = stridesProblem(windows)
      return refused ? { ok: false, problem: refused } : gives(...transposedPlaces(windows, input), values.filters)
    },
    weights: ({ filters, kernel, bias }, [input]) => ({
      trainable: (input?.at(-1) ?? 0) * sizeOf(kernel) * filters + (bias ? filters : 0),
      frozen: 0,
    }),
    macs: ({ filters, kernel }, [input = []]) => sizeOf(input) * sizeOf(kernel) * filters,
    summary: ({ kernel, strides, filters, dilation }) =>
      [`${kernel.join('×')} ↑${strides.join('×')}`, filters, ...dilationSummary(dilation)].join(' · '),
    activation: 'activation',
    field: (values) => (field, axis) => transposedField(windowsOf(values), field, axis),
    fit: fitFilters(axes),
    tfjs: (values) => ({ className, config: kernelConfig(values) }),
    lower: (graph, values, [input], [shape = []]) => {
      if (!input) throw new Error('a transposed convolution needs an input')
      const out = [...transposedPlaces(windowsOf(values), shape), values.filters]
      return overWindows(graph, input, shape, out, (value) =>
        lowerSums(graph, values, lowerTransposed(graph, values, value, shape, out), values.filters),
      )
    },
    examples,
  })
}

function lowerTransposed(
  graph: GraphBuilder,
  values: TransposedValues,
  given: GraphValue,
  shape: Shape,
  out: Shape,
): GraphValue {
  const { filters, kernel, strides, padding, dilation } = values
  const channels = shape.at(-1) ?? 1
  if (kernel.length > 2) return lowerVolume(graph, values, given, channels, out)
  // CPUs whose oneDNN has no float16 compute it by kernels that know no dilation.
  const input = isSpread(dilation) && given.dtype === 'float16' ? graph.cast(given, 'float32') : given
  const own = kernelWeight(graph, 'kernel', [...kernel, filters, channels], values, input.dtype)
  const weight = asRowKernel(graph, own, kernel, [filters, channels])
  const attributes = { T: { type: input.dtype }, ...windowAttributes({ strides, padding, dilation }) } as const
  const sizes = batchSizes(graph, input, out.length > 2 ? out : [1, ...out])
  const places = graph.op('Conv2DBackpropInput', [sizes, weight, input], attributes, input.dtype)
  return graph.cast(places, given.dtype)
}

/**
 * The same for volumes, where zeros in the kernel stand for a dilation. A single filter gets a second one beside it that
 * weighs nothing: the gradient is a convolution of what comes out, and with one channel TensorFlow 2.21's `Conv3D` may
 * compute something else on the CPU (see `inTwoChannels` in convolution.ts).
 */
function lowerVolume(
  graph: GraphBuilder,
  { kernel, filters, strides, padding, dilation, ...weighting }: TransposedValues,
  given: GraphValue,
  channels: number,
  out: Shape,
): GraphValue {
  // CPUs add up volumes in float16 itself, and lose digits.
  const input = given.dtype === 'float16' ? graph.cast(given, 'float32') : given
  const own = kernelWeight(graph, 'kernel', [...kernel, filters, channels], weighting, input.dtype)
  const spread = isSpread(dilation) ? spreadKernel(graph, own, [...kernel, filters, channels], dilation) : own
  const edges = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]
  const alone = filters === 1
  const weight = alone
    ? graph.op('Pad', [spread, graph.constant('int32', [5, 2], edges)], { Tpaddings: { type: 'int32' } })
    : spread
  const sizes = batchSizes(graph, input, alone ? [...out.slice(0, -1), 2] : out)
  const attributes = { T: { type: input.dtype }, ...windowAttributes({ strides, padding }) } as const
  const places = graph.op('Conv3DBackpropInputV2', [sizes, weight, input], attributes, input.dtype)
  if (!alone) return graph.cast(places, given.dtype)
  const row = (values: readonly number[]) => graph.constant('int32', [5], values)
  const first = graph.op('Slice', [places, row([0, 0, 0, 0, 0]), row([-1, ...out])], { Index: { type: 'int32' } })
  return graph.cast(first, given.dtype)
}

/** How many values one place of the input spreads over, along an axis. */
function extentOf({ size, dilation }: Windows, axis: number): number {
  return ((size[axis] ?? 1) - 1) * (dilation?.[axis] ?? 1) + 1
}

/** The places that come out: as many as a convolution with these windows would bring back to the input's. */
export function transposedPlaces(windows: Windows, input: readonly number[]): number[] {
  return windows.size.map((_size, axis) => {
    const [count, stride] = [input[axis] ?? 0, windows.strides[axis] ?? 1]
    if (windows.padding === 'same') return count * stride
    return (count - 1) * stride + Math.max(extentOf(windows, axis), stride)
  })
}

/** Places of the input lie `stride` apart in what comes out, and as many of them meet there as the kernel reaches over. */
function transposedField(windows: Windows, { size, stride }: ReceptiveField, axis: number): ReceptiveField {
  const step = windows.strides[axis] ?? 1
  return { size: size + (Math.ceil(extentOf(windows, axis) / step) - 1) * stride, stride: stride / step }
}

/** The sizes of a whole batch of samples of a shape, int32 `[axes + 1]`. */
function batchSizes(graph: GraphBuilder, like: GraphValue, shape: readonly number[]): GraphValue {
  const int32 = { type: 'int32' } as const
  const number = (value: number) => graph.constant('int32', [1], [value])
  const sizes = graph.op('Shape', [like], { out_type: int32 }, 'int32')
  const batch = graph.op('Slice', [sizes, number(0), number(1)], { Index: int32 })
  const rest = graph.constant('int32', [shape.length], shape)
  return graph.op('ConcatV2', [batch, rest, graph.constant('int32', [], [0])], { N: { int: 2 }, Tidx: int32 })
}
