import type { GraphBuilder } from '../graph/builder'
import type { Attributes, GraphValue } from '../graph/value'
import { throughWindow, windowCount, type Padding, type ReceptiveField, type Window } from './arithmetic'
import { reshaped } from './reshape'
import { shapeText, type LayerProblem, type Shape } from './shape'

/**
 * What a layer moves over its input: one number per axis that has places, whether one, two or three. The input's last
 * axis, the channels, is not among them.
 */
export interface Windows {
  readonly size: readonly number[]
  readonly strides: readonly number[]
  readonly padding: Padding
  /** How far apart the values are that a window looks at: 1 (none left out) unless given. */
  readonly dilation?: readonly number[]
}

function along({ size, strides, dilation }: Windows, axis: number): Window {
  return { kernel: size[axis] ?? 1, stride: strides[axis] ?? 1, dilation: dilation?.[axis] ?? 1 }
}

/** How many places the windows take along each axis, or undefined where they do not fit. */
export function placesOf(windows: Windows, input: Shape): number[] | undefined {
  const counts = windows.size.map((_size, axis) => windowCount(input[axis] ?? 0, along(windows, axis), windows.padding))
  return counts.every((count) => count >= 1) ? counts : undefined
}

/** Neither Keras nor TensorFlow's gradients know strides and dilation together. */
export function stridesProblem({ strides, dilation }: Windows): LayerProblem | undefined {
  if (!isSpread(dilation) || strides.every((stride) => stride === 1)) return undefined
  return { code: 'strides-and-dilation', params: { param: 'dilation' } }
}

/** That a kernel, stretched by its dilation, has no place in an input. */
export function tooLarge({ size, dilation = [] }: Windows, input: Shape): LayerProblem {
  const extent = size.map((length, axis) => (length - 1) * (dilation[axis] ?? 1) + 1)
  return { code: 'kernel-too-large', params: { kernel: shapeText(extent), input: shapeText(input.slice(0, -1)) } }
}

/** The receptive field behind windows, axis by axis. */
export function fieldThrough(windows: Windows): (field: ReceptiveField, axis: number) => ReceptiveField {
  return (field, axis) => throughWindow(field, along(windows, axis))
}

/**
 * Sizes along one axis as those of a picture of one row, for TensorFlow, whose windows have two axes or three. A row and
 * not a column: oneDNN's kernels walk along the width. On an AMD EPYC with AVX-512, forward and backward, 128 samples of
 * 8,000 × 1 under 32 windows of 9 took 65 to 75 ms as rows and 78 to 104 ms as columns, 32 samples of 1,000 × 32 under
 * 64 windows 16 ms and 22 ms (5 ms and 22 ms in bfloat16).
 */
export function asRow(sizes: readonly number[]): readonly number[] {
  return sizes.length === 1 ? [1, ...sizes] : sizes
}

/** A kernel over one axis `[length, …channels]` as a picture's of one row; one over more axes as it is. */
export function asRowKernel(
  graph: GraphBuilder,
  kernel: GraphValue,
  sizes: readonly number[],
  channels: readonly number[],
): GraphValue {
  if (sizes.length > 1) return kernel
  const whole = [...asRow(sizes), ...channels]
  return graph.op('Reshape', [kernel, graph.constant('int32', [whole.length], whole)], { Tshape: { type: 'int32' } })
}

/** Applies windows to one sample's `shape`, laid out as a picture of one row where it is a sequence, and back again. */
export function overWindows(
  graph: GraphBuilder,
  input: GraphValue,
  shape: Shape,
  out: Shape,
  apply: (value: GraphValue) => GraphValue,
): GraphValue {
  if (shape.length > 2) return apply(input)
  return reshaped(graph, apply(reshaped(graph, input, [1, ...shape])), out)
}

/** The attributes that TensorFlow's window operations share. */
export function windowAttributes({
  strides,
  padding,
  dilation = [],
}: Pick<Windows, 'strides' | 'padding' | 'dilation'>): Attributes {
  return {
    strides: { ints: [1, ...asRow(strides), 1] },
    padding: { text: padding.toUpperCase() },
    ...(isSpread(dilation) ? { dilations: { ints: [1, ...asRow(dilation), 1] } } : {}),
  }
}

/** A dilation as part of a card's line, if there is one. */
export function dilationSummary(dilation: readonly number[]): string[] {
  return isSpread(dilation) ? [`dilation ${dilation.join('×')}`] : []
}

/** Whether windows leave values out between those that they look at. */
export function isSpread(dilation: readonly number[] = []): boolean {
  return dilation.some((distance) => distance > 1)
}
