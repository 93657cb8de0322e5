import { sizeOf } from '@shared/layers/shape'
import { tf, type Tensor } from '../../tf'

/** A kernel with zeros between its places, so that these lie as far apart along its first axes as `dilation` says. */
export function spreadKernel(kernel: Tensor, dilation: readonly number[]): Tensor {
  return dilation.reduce((spaced, distance, axis) => {
    if (distance === 1) return spaced
    const { shape } = spaced
    const [before, size = 1, behind] = [shape.slice(0, axis), shape[axis], shape.slice(axis + 1)]
    const places = spaced.as4D(sizeOf(before), size, 1, sizeOf(behind))
    const apart = tf.pad(places, [
      [0, 0],
      [0, 0],
      [0, distance - 1],
      [0, 0],
    ])
    const extent = (size - 1) * distance + 1
    const row = apart.as3D(sizeOf(before), size * distance, sizeOf(behind))
    return tf.slice(row, [0, 0, 0], [sizeOf(before), extent, sizeOf(behind)]).reshape([...before, extent, ...behind])
  }, kernel)
}
