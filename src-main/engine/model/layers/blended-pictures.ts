import { z } from 'zod'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import { onlyInput } from './own-convolution'
import type { SymbolicShape } from './windowed-shape'

export const BlendingConfig = z.object({ size: z.tuple([z.int(), z.int()]) })

/**
 * Up-sampling of pictures that blends between the middles of neighbouring pixels, as Keras does; tfjs 4.22 blends between
 * their corners, and its gradient knows no other way.
 */
export class BlendedPictures extends tf.layers.Layer {
  static readonly className = 'BlendedPictures'
  private readonly size: readonly [number, number]

  constructor({ name, size }: z.output<typeof BlendingConfig> & { readonly name: string }) {
    super({ name })
    this.size = size
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = onlyInput(inputs)
    return tf.tidy(() => this.size.reduce((value: Tensor, times, at) => stretched(value, at + 1, times), input))
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const [samples = null, height, width, channels = null] = z.array(z.int().nullable()).parse(inputShape)
    return [samples, (height ?? 0) * this.size[0], (width ?? 0) * this.size[1], channels]
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), size: [...this.size] }
  }
}

/** An axis with `times` as many places: a product with the matrix of their shares in the old ones. */
function stretched(value: Tensor, axis: number, times: number): Tensor {
  if (times === 1) return value
  const [before, size = 1, behind] = [value.shape.slice(0, axis), value.shape[axis], value.shape.slice(axis + 1)]
  const rows = value.reshape([-1, size, behind.reduce((product, one) => product * one, 1)])
  const shares = tf.tensor3d([sharesOf(size, times)])
  return tf.matMul(shares, rows).reshape([...before, size * times, ...behind])
}

/** For each new place its shares in the two old ones between whose middles its own lies; at the edges, all in one. */
function sharesOf(size: number, times: number): number[][] {
  return Array.from({ length: size * times }, (_row, place) => {
    const middle = Math.min(Math.max((place + 0.5) / times - 0.5, 0), size - 1)
    return Array.from({ length: size }, (_column, old) => Math.max(0, 1 - Math.abs(middle - old)))
  })
}
