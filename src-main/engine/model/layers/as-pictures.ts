import type { Tensor } from '../../tf'

/**
 * Lets an operation that only knows pictures `[samples, height, width, channels]`, and treats every place alike, work on
 * any number of axes before the channels.
 */
export function asPictures(input: Tensor, operation: (pictures: ReturnType<Tensor['as4D']>) => Tensor): Tensor {
  const [samples = 1, ...shape] = input.shape
  const channels = shape.at(-1) ?? 1
  const places = shape.slice(0, -1).reduce((product, size) => product * size, 1)
  const [height = 1, width = 1] = shape.length === 3 ? shape : [places, 1]
  return operation(input.as4D(samples, height, width, channels)).reshape(input.shape)
}
