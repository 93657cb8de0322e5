import { z } from 'zod'
import { tf, type ConfigDict, type Tensor } from '../../tf'

export const EluConfig = z.object({ alpha: z.number() })

/** ELU with any α: x above zero and α (eˣ − 1) below. tfjs's own class knows α = 1 only. */
export class ScaledElu extends tf.layers.Layer {
  static readonly className = 'ScaledElu'
  private readonly alpha: number

  constructor({ name, alpha }: z.output<typeof EluConfig> & { readonly name: string }) {
    super({ name })
    this.alpha = alpha
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('ELU has one input')
    return tf.tidy(() => tf.leakyRelu(tf.elu(input), this.alpha))
  }

  override computeOutputShape<T>(inputShape: T): T {
    return inputShape
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), alpha: this.alpha }
  }
}
