import { z } from 'zod'
import { tf, type ConfigDict, type Tensor } from '../../tf'

/** What becomes of all values of a channel. */
export type Reduction = 'mean' | 'max'

/**
 * One value for each channel, over any number of axes. tfjs knows no more than two axes, and where several values of a
 * channel are the largest, it gives each of them the whole gradient; Keras lets them share it, and so does this.
 */
export class GlobalPooling extends tf.layers.Layer {
  static readonly className = 'GlobalPooling'
  private readonly reduction: Reduction

  constructor(config: { readonly name: string; readonly reduction: Reduction }) {
    super({ name: config.name })
    this.reduction = config.reduction
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('Pooling has one input')
    const [samples = 1] = input.shape
    const channels = input.shape.at(-1) ?? 1
    return tf.tidy(() => {
      const places = input.reshape([samples, -1, channels])
      return this.reduction === 'mean' ? tf.mean(places, 1) : maximum(places)
    })
  }

  override computeOutputShape(inputShape: (number | null)[] | (number | null)[][]): (number | null)[] {
    const sizes = z.array(z.int().nullable()).parse(inputShape)
    return [sizes[0] ?? null, sizes.at(-1) ?? null]
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), reduction: this.reduction }
  }
}

/** The largest of `[samples, places, channels]` along the places. */
function maximum(places: Tensor): Tensor {
  const withGradient = tf.customGrad((...args: unknown[]) => {
    const [x, save] = args
    if (!(x instanceof tf.Tensor) || typeof save !== 'function') throw new TypeError('customGrad gives values and save')
    const largest = tf.max(x, 1, true)
    const winners = tf.cast(tf.equal(x, largest), 'float32')
    const shares = tf.div(winners, tf.sum(winners, 1, true))
    save([shares])
    return {
      value: tf.squeeze(largest, [1]),
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => tf.mul(saved ?? shares, tf.expandDims(dy, 1)),
    }
  })
  return withGradient(places)
}
