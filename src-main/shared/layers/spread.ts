import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { sizeOf, type Shape } from './shape'

/** A kernel of a shape with zeros between its places, so that these lie as far apart along its first axes as `dilation` says. */
export function spreadKernel(
  graph: GraphBuilder,
  kernel: GraphValue,
  shape: Shape,
  dilation: readonly number[],
): GraphValue {
  const row = (values: readonly number[]) => graph.constant('int32', [values.length], values)
  const as = (value: GraphValue, sizes: readonly number[]) =>
    graph.op('Reshape', [value, row(sizes)], { Tshape: { type: 'int32' } })
  let spread = kernel
  const sizes = [...shape]
  for (const [axis, distance] of dilation.entries()) {
    if (distance === 1) continue
    const [before, size, behind] = [sizeOf(sizes.slice(0, axis)), sizes[axis] ?? 1, sizeOf(sizes.slice(axis + 1))]
    const extent = (size - 1) * distance + 1
    const edges = graph.constant('int32', [3, 2], [0, 0, 0, distance - 1, 0, 0])
    const apart = graph.op('Pad', [as(spread, [before * size, 1, behind]), edges], { Tpaddings: { type: 'int32' } })
    const places = as(apart, [before, size * distance, behind])
    spread = graph.op('Slice', [places, row([0, 0, 0]), row([before, extent, behind])], { Index: { type: 'int32' } })
    sizes[axis] = extent
  }
  return as(spread, sizes)
}
