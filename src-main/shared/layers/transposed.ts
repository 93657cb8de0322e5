import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import type { ReceptiveField } from './arithmetic'
import type { Windows } from './windows'

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
export function transposedField(windows: Windows, { size, stride }: ReceptiveField, axis: number): ReceptiveField {
  const step = windows.strides[axis] ?? 1
  return { size: size + (Math.ceil(extentOf(windows, axis) / step) - 1) * stride, stride: stride / step }
}

/** The sizes of a whole batch of samples of a shape, int32 `[axes + 1]`. */
export function batchSizes(graph: GraphBuilder, like: GraphValue, shape: readonly number[]): GraphValue {
  const int32 = { type: 'int32' } as const
  const number = (value: number) => graph.constant('int32', [1], [value])
  const sizes = graph.op('Shape', [like], { out_type: int32 }, 'int32')
  const batch = graph.op('Slice', [sizes, number(0), number(1)], { Index: int32 })
  const rest = graph.constant('int32', [shape.length], shape)
  return graph.op('ConcatV2', [batch, rest, graph.constant('int32', [], [0])], { N: { int: 2 }, Tidx: int32 })
}
