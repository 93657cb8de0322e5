import { z } from 'zod'
import { tf, type ConfigDict, type Layer, type Tensor } from '../../tf'

export const ChannelNormalizationConfig = z.object({ epsilon: z.number(), center: z.boolean(), scale: z.boolean() })

type LayerVariable = Layer['weights'][number]

/**
 * Layer normalization over the channels, with the weights and names of Keras, for any number of axes. tfjs's own knows
 * no more than three, and repeats means and weights to the size of the input.
 */
export class ChannelNormalization extends tf.layers.Layer {
  static readonly className = 'ChannelNormalization'
  private readonly config: z.output<typeof ChannelNormalizationConfig>
  private gamma: LayerVariable | undefined
  private beta: LayerVariable | undefined

  constructor({ name, ...config }: z.output<typeof ChannelNormalizationConfig> & { readonly name: string }) {
    super({ name })
    this.config = config
  }

  override build(inputShape: (number | null)[] | (number | null)[][]): void {
    const channels = [z.number().parse(inputShape.at(-1))]
    if (this.config.scale) this.gamma = this.addWeight('gamma', channels, 'float32', tf.initializers.ones())
    if (this.config.center) this.beta = this.addWeight('beta', channels, 'float32', tf.initializers.zeros())
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('Layer normalization has one input')
    return tf.tidy(() => {
      const moved = tf.sub(input, tf.mean(input, -1, true))
      const variance = tf.mean(tf.mul(moved, moved), -1, true)
      const normalized = tf.mul(moved, tf.rsqrt(tf.add(variance, this.config.epsilon)))
      const spread = this.gamma ? tf.mul(normalized, this.gamma.read()) : normalized
      return this.beta ? tf.add(spread, this.beta.read()) : spread
    })
  }

  override computeOutputShape<T>(inputShape: T): T {
    return inputShape
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), ...this.config }
  }
}
