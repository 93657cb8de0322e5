import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { reshaped } from './reshape'
import { sizeOf, type Shape } from './shape'

/**
 * Lets an operation that only knows pictures `[batch, height, width, channels]`, and treats every place alike, work on
 * any number of axes before the channels: the places are laid in a column for it, and put back behind it.
 */
export function throughPictures(
  graph: GraphBuilder,
  value: GraphValue,
  shape: Shape,
  operation: (pictures: GraphValue) => GraphValue,
): GraphValue {
  if (shape.length === 3) return operation(value)
  const column = pictureShape(shape)
  return reshaped(graph, operation(reshaped(graph, value, column)), shape)
}

/** The picture whose height holds all places of a shape. */
export function pictureShape(shape: Shape): Shape {
  return [sizeOf(shape.slice(0, -1)), 1, shape.at(-1) ?? 1]
}
