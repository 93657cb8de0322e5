import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { lowerActivation } from './activations'
import type { Axes } from './common'
import { defineLayer, type LayerExample, type LayerKind } from './define'
import { familyOf } from './family'
import { reshaped } from './reshape'
import { gives, sizeOf, type Shape } from './shape'
import { kernelWeight } from './weighting'
import {
  filters,
  fitFilters,
  kernelConfig,
  sumParams,
  windowParams,
  windowsOf,
  type SumValues,
  type WindowValues,
} from './windowed'
import { fieldThrough, placesOf, tooLarge, type Windows } from './windows'

export interface LocallyConnectedValues extends WindowValues, SumValues {
  readonly filters: number
}

/** What sets one locally connected layer apart from another: its axes. */
export interface LocallyConnectedPlan {
  readonly kind: string
  readonly icon: string
  readonly axes: Axes
  readonly className: string
  readonly widest: number
  readonly examples: readonly LayerExample<LocallyConnectedValues>[]
}

/**
 * The windows of a convolution, but each place has weights of its own (LeCun 1989, "Generalization and network design
 * strategies"). Its kernel is `[places, window · channels, filters]`, its bias `[…places, filters]`, as in Keras 2.
 */
export function defineLocallyConnected(plan: LocallyConnectedPlan): LayerKind {
  const { kind, icon, axes, className, widest, examples } = plan
  return defineLayer({
    kind,
    category: 'convolution',
    icon,
    params: { filters: filters(8), ...windowParams(axes, widest), ...sumParams },
    inputs: { min: 1, max: 1, ranks: [axes.length + 1] },
    family: familyOf(className, axes.length),
    outShape: (values, [input = []]) => {
      const windows = windowsOf(values)
      const places = placesOf(windows, input)
      return places ? gives(...places, values.filters) : { ok: false, problem: tooLarge(windows, input) }
    },
    weights: (values, [input = []]) => ({
      trainable: placeCount(values, input) * values.filters * (windowSize(values, input) + Number(values.bias)),
      frozen: 0,
    }),
    macs: (values, [input = []]) => placeCount(values, input) * windowSize(values, input) * values.filters,
    summary: ({ kernel, filters }) => `${kernel.join('×')} · ${filters}`,
    activation: 'activation',
    filters: { weight: 'kernel', order: 'each-place' },
    field: (values) => fieldThrough(windowsOf(values)),
    fit: fitFilters(axes),
    tfjs: (values) => ({ className, config: kernelConfig(values), ownClass: true }),
    lower: (graph, values, [input], [shape = []]) => {
      if (!input) throw new Error('a locally connected layer needs an input')
      const places = placesOf(windowsOf(values), shape) ?? []
      const [count, size] = [sizeOf(places), windowSize(values, shape)]
      const { filters, bias } = values
      const seen = reshaped(graph, patches(graph, windowsOf(values), input, shape, places), [count, size])
      const byPlace = swapped(graph, seen)
      const products = graph.op('BatchMatMulV2', [
        byPlace,
        kernelWeight(graph, 'kernel', [count, size, filters], values),
      ])
      const sums = reshaped(graph, swapped(graph, products), [...places, filters])
      const whole = bias ? graph.op('AddV2', [sums, graph.weight('bias', [...places, filters])]) : sums
      return lowerActivation(graph, values.activation, whole)
    },
    examples,
  })
}

function placeCount(values: LocallyConnectedValues, input: Shape): number {
  return sizeOf(placesOf(windowsOf(values), input) ?? [0])
}

/** The values that one neuron sees. */
function windowSize({ kernel }: LocallyConnectedValues, input: Shape): number {
  return sizeOf(kernel) * (input.at(-1) ?? 0)
}

/** The zeros that windows find before the first and behind the last value of each axis, as TensorFlow adds them. */
export function edgesOf(
  { size, strides, padding }: Windows,
  input: Shape,
  places: readonly number[],
): [number, number][] {
  return size.map((length, axis) => {
    if (padding === 'valid') return [0, 0]
    const reach = ((places[axis] ?? 1) - 1) * (strides[axis] ?? 1) + length
    const missing = Math.max(reach - (input[axis] ?? 0), 0)
    return [Math.floor(missing / 2), Math.ceil(missing / 2)]
  })
}

/** What each place sees, `[batch, …places, window · channels]`: for each place of the window one strided cut of the input. */
function patches(
  graph: GraphBuilder,
  windows: Windows,
  input: GraphValue,
  shape: Shape,
  places: readonly number[],
): GraphValue {
  const channels = shape.at(-1) ?? 1
  const edges = [[0, 0], ...edgesOf(windows, shape, places), [0, 0]]
  const whole = edges.flat().some((count) => count > 0)
    ? graph.op('Pad', [input, graph.constant('int32', [edges.length, 2], edges.flat())], {
        Tpaddings: { type: 'int32' },
      })
    : input
  const row = (values: readonly number[]) => graph.constant('int32', [values.length], values)
  const steps = row([1, ...windows.strides, 1])
  const cuts = offsetsIn(windows.size).map((offset) => {
    const end = offset.map((start, axis) => start + ((places[axis] ?? 1) - 1) * (windows.strides[axis] ?? 1) + 1)
    // The batch is taken whole, however large it is.
    const attributes = { Index: { type: 'int32' }, begin_mask: { int: 1 }, end_mask: { int: 1 } } as const
    return graph.op('StridedSlice', [whole, row([0, ...offset, 0]), row([0, ...end, channels]), steps], attributes)
  })
  const axis = graph.constant('int32', [], [places.length + 1])
  return graph.op('ConcatV2', [...cuts, axis], { N: { int: cuts.length }, Tidx: { type: 'int32' } })
}

/** The places of a window, in the order in which a kernel holds them. */
function offsetsIn(size: readonly number[]): number[][] {
  return size.reduce<number[][]>(
    (known, length) => known.flatMap((offset) => Array.from({ length }, (_unused, at) => [...offset, at])),
    [[]],
  )
}

/** `[a, b, c]` as `[b, a, c]`. */
function swapped(graph: GraphBuilder, value: GraphValue): GraphValue {
  return graph.op('Transpose', [value, graph.constant('int32', [3], [1, 0, 2])], { Tperm: { type: 'int32' } })
}
