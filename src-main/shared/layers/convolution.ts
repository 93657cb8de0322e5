import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { dilation } from './common'
import { defineLayer, type LayerKind } from './define'
import { familyOf } from './family'
import { foldInput, folding, foldKernel, type Folding } from './folded'
import { int } from './params'
import { reshaped } from './reshape'
import { fails, gives, sizeOf, type Inference, type Shape } from './shape'
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
  asRow,
  asRowKernel,
  dilationSummary,
  fieldThrough,
  isSpread,
  overWindows,
  placesOf,
  stridesProblem,
  tooLarge,
  windowAttributes,
} from './windows'

export interface ConvolutionValues extends WindowValues, SumValues {
  readonly filters: number
  readonly dilation: number[]
  readonly groups: number
}

/** What sets one convolution apart from another: the axes that its kernel is moved along. */
export interface ConvolutionPlan extends KernelPlan<ConvolutionValues> {
  /** TensorFlow's operation. */
  readonly operation: string
  /** Whether the operation takes a kernel with a group's share of the channels; `Conv3D` does not. */
  readonly takesGroups: boolean
  /** The kind with the same windows and weights of its own at each place, if any. */
  readonly untied?: string
}

/**
 * A group of neurons copied to every place along the axes, the same weights at each of them. Its input has these axes
 * and, last, channels; in groups, each filter sees only its group's share of the channels (Krizhevsky et al. 2012).
 */
export function defineConvolution(plan: ConvolutionPlan): LayerKind {
  const { kind, icon, axes, className, widest, untied, examples } = plan
  return defineLayer({
    kind,
    category: 'convolution',
    icon,
    params: {
      filters: filters(),
      ...windowParams(axes, widest),
      dilation: dilation(axes, widest),
      groups: int({ initial: 1, min: 1, max: 4096, texts: 'groups' }),
      ...sumParams,
    },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    outShape: (values, [input = []]) => convolved(values, input),
    weights: ({ filters, kernel, groups, bias }, [input = []]) => ({
      trainable: (sizeOf(kernel) * channelsOf(input) * filters) / groups + (bias ? filters : 0),
      frozen: 0,
    }),
    macs: (values, [input = []]) => {
      const places = sizeOf(placesOf(windowsOf(values), input) ?? [0])
      return (places * sizeOf(values.kernel) * channelsOf(input) * values.filters) / values.groups
    },
    summary: ({ kernel, filters, groups, dilation }) =>
      [kernel.join('×'), filters, ...dilationSummary(dilation), ...(groups > 1 ? [`groups ${groups}`] : [])].join(
        ' · ',
      ),
    activation: 'activation',
    family: familyOf(className, axes.length),
    filters: { weight: 'kernel', order: 'inputs-filters' },
    ...(untied === undefined ? {} : { untied }),
    field: (values) => fieldThrough(windowsOf(values)),
    fit: fitFilters(axes),
    tfjs: (values) => ({ className, config: kernelConfig(values) }),
    lower: (graph, values, [input], [shape = []]) => {
      if (!input) throw new Error('a convolution needs an input')
      const out = convolved(values, shape)
      if (!out.ok) throw new Error(`a convolution does not fit: ${out.problem.code}`)
      if (isProduct(values, input)) return lowerProduct(graph, values, input, channelsOf(shape), out.shape)
      const [length = 0] = shape
      const folds = values.groups === 1 && input.dtype === 'float32'
      const folded = folds ? folding(windowsOf(values), length, out.shape[0] ?? 0) : undefined
      if (folded) return lowerFolded(graph, plan, values, input, shape, out.shape, folded)
      return overWindows(graph, input, shape, out.shape, (value) =>
        lowerConvolution(graph, plan, values, value, { channels: channelsOf(shape), places: out.shape.slice(0, -1) }),
      )
    },
    examples,
  })
}

function channelsOf(input: Shape): number {
  return input.at(-1) ?? 0
}

function convolved(values: ConvolutionValues, input: Shape): Inference {
  const { filters, groups } = values
  const windows = windowsOf(values)
  const refused = stridesProblem(windows)
  if (refused) return { ok: false, problem: refused }
  const channels = channelsOf(input)
  if (channels % groups !== 0 || filters % groups !== 0)
    return fails('groups-uneven', { param: 'groups', groups, channels, filters })
  const places = placesOf(windows, input)
  return places ? gives(...places, filters) : { ok: false, problem: tooLarge(windows, input) }
}

/** Whether each place's filters see that place alone, all of its channels: a product of matrices, in float32. */
function isProduct({ kernel, strides, groups }: ConvolutionValues, { dtype }: GraphValue): boolean {
  return [...kernel, ...strides, groups].every((size) => size === 1) && dtype === 'float32'
}

/**
 * The values of all places, one below the other, times the kernel. As fast as the convolution, but for the gradient by
 * the kernel, which takes 0.5 to 0.8 of the time (TensorFlow 2.21 on an AMD EPYC, 160 to 192 channels); in bfloat16 the
 * convolution is faster.
 */
function lowerProduct(
  graph: GraphBuilder,
  values: ConvolutionValues,
  input: GraphValue,
  channels: number,
  out: Shape,
): GraphValue {
  const { filters, kernel } = values
  const weight = reshaped(graph, kernelWeight(graph, 'kernel', [...kernel, channels, filters], values), [filters])
  const product = graph.op('MatMul', [reshaped(graph, input, [channels]), weight])
  return reshaped(graph, lowerSums(graph, values, product, filters), out)
}

/** A convolution of stride 1 over values laid side by side. */
function lowerFolded(
  graph: GraphBuilder,
  { operation }: ConvolutionPlan,
  values: ConvolutionValues,
  input: GraphValue,
  shape: Shape,
  out: Shape,
  folded: Folding,
): GraphValue {
  const sizes = [...values.kernel, channelsOf(shape), values.filters]
  const weight = foldKernel(graph, kernelWeight(graph, 'kernel', sizes, values), sizes, folded)
  const attributes = windowAttributes({ strides: [1], padding: 'valid' })
  const places = graph.op(operation, [foldInput(graph, input, shape, folded), weight], attributes)
  return reshaped(graph, lowerSums(graph, values, places, values.filters), out)
}

function lowerConvolution(
  graph: GraphBuilder,
  { operation, takesGroups }: ConvolutionPlan,
  values: ConvolutionValues,
  given: GraphValue,
  { channels, places: counts }: { readonly channels: number; readonly places: readonly number[] },
): GraphValue {
  const { filters, kernel, strides, padding, dilation, groups } = values
  // CPUs whose oneDNN has no float16 compute it by kernels that know no dilation in the backward pass.
  const input = isSpread(dilation) && given.dtype === 'float16' ? graph.cast(given, 'float32') : given
  const own = kernelWeight(graph, 'kernel', [...kernel, channels / groups, filters], values, input.dtype)
  const sizes = [...asRow(kernel), channels / groups, filters]
  const { written, left } = writtenOut(dilation)
  const spread = isSpread(written) ? spreadKernel(graph, own, sizes, written) : own
  const weight = asRowKernel(graph, spread, kernel, sizes.slice(-2))
  const attributes = windowAttributes({ strides, padding, dilation: left })
  const convolve = (x: GraphValue, by: GraphValue) =>
    counts.length === 3 && channels === groups && counts.at(-1) === 1 && (strides.at(-1) ?? 1) > 1
      ? graph.op(operation, inTwoChannels(graph, x, by, [...kernel, 1, filters / groups]), attributes)
      : graph.op(operation, [x, by], attributes)
  // The same kernels know no groups either.
  const whole = groups === 1 || (takesGroups && input.dtype !== 'float16')
  const made = whole ? convolve(input, weight) : inParts(graph, groups, input, weight, convolve)
  return lowerSums(graph, values, graph.cast(made, given.dtype), filters)
}

/**
 * The part of a dilation that zeros in the kernel stand for, and the part that is left to TensorFlow: for volumes it takes
 * the dilations along height and width for each other (2.21) when it infers shapes, not when it computes.
 */
function writtenOut(dilation: readonly number[]): { written: readonly number[]; left: readonly number[] } {
  const [depth = 1, height, width] = dilation
  if (dilation.length < 3 || height === width) return { written: [], left: dilation }
  return { written: [1, height ?? 1, width ?? 1], left: [depth, 1, 1] }
}

/**
 * A volume of one channel and its kernel with a second channel that weighs nothing. TensorFlow 2.21's `Conv3D` computes
 * something else on the CPU where there is one channel and one place along the width, to which a stride above 1 led.
 */
function inTwoChannels(
  graph: GraphBuilder,
  input: GraphValue,
  kernel: GraphValue,
  shape: readonly number[],
): GraphValue[] {
  const join = (axis: number, parts: readonly GraphValue[]) =>
    graph.op('ConcatV2', [...parts, graph.constant('int32', [], [axis])], { N: { int: 2 }, Tidx: { type: 'int32' } })
  const nothing = graph.cast(graph.constant('float32', shape, Array<number>(sizeOf(shape)).fill(0)), kernel.dtype)
  return [join(4, [input, input]), join(3, [kernel, nothing])]
}

/**
 * Groups cut apart, convolved one by one and joined; for where the operation knows none: forward and backward on an
 * AMD EPYC (oneDNN, float32 and bfloat16) this takes 1.0 to 1.5 times as long as `Conv2D` with groups for 2 to 8 groups
 * of 16 to 192 channels ([16,27,27,96]→256, 5×5, 2 groups: 43.4 ms for 41.9), 2.4 times for 64 groups of 2 channels and
 * twenty times for 64 groups of one.
 */
function inParts(
  graph: GraphBuilder,
  groups: number,
  input: GraphValue,
  kernel: GraphValue,
  convolve: (x: GraphValue, by: GraphValue) => GraphValue,
): GraphValue {
  // Channels and filters are the last axis of values and kernel, which have as many axes.
  const axis = graph.constant('int32', [], [-1])
  const split = (value: GraphValue) =>
    graph.op('Split', [axis, value], { T: { type: value.dtype }, num_split: { int: groups } }, value.dtype)
  const [inputs, kernels] = [split(input), split(kernel)]
  const outputs = Array.from({ length: groups }, (_unused, group) =>
    convolve(graph.output(inputs, group), graph.output(kernels, group)),
  )
  return graph.op('ConcatV2', [...outputs, axis], { N: { int: groups }, Tidx: { type: 'int32' } })
}
