import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { reshaped } from './reshape'
import type { Shape } from './shape'
import type { Windows } from './windows'

/** A convolution along one axis, written as one with stride 1 over values laid side by side as channels. */
export interface Folding {
  /** What was the stride: so many values become the channels of one. */
  readonly stride: number
  /** The kernel's places afterwards. */
  readonly taps: number
  /** Zeros before and behind the input. */
  readonly before: number
  readonly behind: number
}

/** The widest kernel for which oneDNN 3.7 has a fast gradient by the kernel on CPUs with AVX-512. */
const widest = 14

/**
 * How to fold a long kernel's stride into the channels: a kernel of 17 with stride 4 is one of 5 over four times the
 * channels. The values are the same; the gradient by the kernel, for which oneDNN's fast code takes no kernel above 14,
 * needs a fifth of the time to a half (17 / 4 over 8,000 values: 1.5 ms for 7.6, AMD EPYC, float32; in bfloat16 longer
 * kernels are fast as they are). Undefined where nothing is won so: a short kernel, stride 1, one still too long, or a rest of the input that no window reaches.
 */
export function folding({ size, strides, padding }: Windows, length: number, places: number): Folding | undefined {
  const [kernel = 1] = size
  const [stride = 1] = strides
  const taps = Math.ceil(kernel / stride)
  if (size.length !== 1 || stride === 1 || kernel <= widest || taps > widest) return undefined
  const missing = Math.max((places - 1) * stride + kernel - length, 0)
  const before = padding === 'same' ? Math.floor(missing / 2) : 0
  const behind = (places - 1 + taps) * stride - length - before
  return behind >= 0 ? { stride, taps, before, behind } : undefined
}

/** The input `[length, channels]` as the row `[1, length / stride, stride · channels]`, with the zeros of the edges. */
export function foldInput(graph: GraphBuilder, input: GraphValue, shape: Shape, folding: Folding): GraphValue {
  const [length = 0, channels = 0] = shape
  const { stride, before, behind } = folding
  const row = [1, (before + length + behind) / stride, stride * channels]
  return reshaped(
    graph,
    padded(graph, input, [
      [0, 0],
      [before, behind],
      [0, 0],
    ]),
    row,
  )
}

/** The kernel `[length, channels, filters]` as `[1, taps, stride · channels, filters]`, with zeros behind it. */
export function foldKernel(graph: GraphBuilder, kernel: GraphValue, shape: Shape, folding: Folding): GraphValue {
  const [length = 0, channels = 0, filters = 0] = shape
  const { stride, taps } = folding
  const whole = padded(graph, kernel, [
    [0, taps * stride - length],
    [0, 0],
    [0, 0],
  ])
  const sizes = [1, taps, stride * channels, filters]
  return graph.op('Reshape', [whole, graph.constant('int32', [sizes.length], sizes)], { Tshape: { type: 'int32' } })
}

function padded(graph: GraphBuilder, value: GraphValue, edges: readonly (readonly [number, number])[]): GraphValue {
  if (edges.every(([before, behind]) => before === 0 && behind === 0)) return value
  const paddings = graph.constant('int32', [edges.length, 2], edges.flat())
  return graph.op('Pad', [value, paddings], { Tpaddings: { type: 'int32' } })
}
