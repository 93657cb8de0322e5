import { statelessNormal } from '../../kernels'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import type { DrawsBySteps } from './seeded-dropout'

export interface NoiseConfig {
  readonly name: string
  /** The standard deviation of the numbers that are added. */
  readonly deviation: number
  readonly seed: number
}

/** Normally distributed noise that is decided by the seed and the step, as dropout's mask is (seeded-dropout.ts). */
export class SeededNoise extends tf.layers.Layer implements DrawsBySteps {
  static readonly className = 'SeededNoise'
  step = 0
  private readonly deviation: number
  private readonly seed: number

  constructor({ name, deviation, seed }: NoiseConfig) {
    super({ name })
    this.deviation = deviation
    this.seed = seed
  }

  override call(inputs: Tensor | Tensor[], options: { training?: boolean }): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('Noise is added to one input')
    if (!options.training || this.deviation === 0) return input
    return tf.tidy(() => tf.add(input, tf.mul(statelessNormal(input.shape, [this.seed, this.step]), this.deviation)))
  }

  override computeOutputShape<T>(inputShape: T): T {
    return inputShape
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), deviation: this.deviation, seed: this.seed }
  }
}
