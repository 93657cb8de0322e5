import { z } from 'zod'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import { asPictures } from './as-pictures'

export const LocalResponseConfig = z.object({ radius: z.number(), k: z.number(), alpha: z.number(), beta: z.number() })

/** Local response normalization over the channels, which neither tfjs's nor Keras's layers have. */
export class LocalResponseNormalization extends tf.layers.Layer {
  static readonly className = 'LocalResponseNormalization'
  private readonly config: z.output<typeof LocalResponseConfig>

  constructor({ name, ...config }: z.output<typeof LocalResponseConfig> & { name: string }) {
    super({ name })
    this.config = config
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('Local response normalization has one input')
    const { radius, k, alpha, beta } = this.config
    return tf.tidy(() =>
      asPictures(input, (pictures) => tf.localResponseNormalization(pictures, radius, k, alpha, beta)),
    )
  }

  override computeOutputShape<T>(inputShape: T): T {
    return inputShape
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), ...this.config }
  }
}
