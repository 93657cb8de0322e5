import { statelessUniform } from '../../kernels'
import { tf, type ConfigDict, type Tensor } from '../../tf'

/** A layer that draws random numbers while it trains, from its seed and the number of the step alone. */
export interface DrawsBySteps {
  step: number
}

export function drawsBySteps(layer: object): layer is DrawsBySteps {
  return 'step' in layer && typeof layer.step === 'number'
}

export interface DropoutConfig {
  readonly name: string
  readonly rate: number
  readonly seed: number
  /** Whether a channel is dropped wholly, at all places of a sample, or each value by itself. */
  readonly wholeChannels: boolean
}

/**
 * Dropout whose mask is decided by the seed and the step: another one at every step, the same ones in every run. tfjs's
 * own takes the same mask at every call once it is given a seed, and draws on `Math.random` without one.
 */
export class SeededDropout extends tf.layers.Layer implements DrawsBySteps {
  static readonly className = 'SeededDropout'
  step = 0
  private readonly rate: number
  private readonly seed: number
  private readonly wholeChannels: boolean

  constructor({ name, rate, seed, wholeChannels }: DropoutConfig) {
    super({ name })
    this.rate = rate
    this.seed = seed
    this.wholeChannels = wholeChannels
  }

  override call(inputs: Tensor | Tensor[], options: { training?: boolean }): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('Dropout has one input')
    if (!options.training || this.rate === 0) return input
    return tf.tidy(() => {
      const last = input.rank - 1
      const drawn = input.shape.map((size, axis) => (this.wholeChannels && axis > 0 && axis < last ? 1 : size))
      const kept = tf.greaterEqual(statelessUniform(drawn, [this.seed, this.step]), this.rate)
      // What is kept is enlarged, so that sums keep their mean ("inverted" dropout).
      return tf.mul(input, tf.mul(tf.cast(kept, 'float32'), 1 / (1 - this.rate)))
    })
  }

  override computeOutputShape<T>(inputShape: T): T {
    return inputShape
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), rate: this.rate, seed: this.seed, wholeChannels: this.wholeChannels }
  }
}
