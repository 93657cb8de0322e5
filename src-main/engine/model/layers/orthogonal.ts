import { z } from 'zod'
import { sizeOf } from '@shared/layers/shape'
import { qr, statelessNormal } from '../../kernels'
import { tf, type ConfigDict, type Tensor } from '../../tf'

const Config = z.object({ gain: z.number().nullish(), seed: z.int().nullish() })

/**
 * First weights whose columns (or rows, where these are fewer) stand at right angles and have length 1, so that a signal
 * neither fades nor swells where it goes round (Saxe, McClelland and Ganguli 2014). It takes the place of tfjs's own, which
 * factorizes column by column in JavaScript: 10.6 s for 512 units of an LSTM, 0.13 s here (AMD EPYC).
 */
export class FastOrthogonal extends tf.serialization.Serializable {
  static readonly className = 'Orthogonal'
  private readonly gain: number
  private readonly seed: number | null

  constructor(config: ConfigDict = {}) {
    super()
    const { gain, seed } = Config.parse(config)
    this.gain = gain ?? 1
    this.seed = seed ?? null
  }

  /** Weights of a shape, of which all axes but the last count as one. */
  apply(shape: number[]): Tensor {
    const [rows, columns] = [sizeOf(shape.slice(0, -1)), shape.at(-1) ?? 1]
    const tall = [Math.max(rows, columns), Math.min(rows, columns)]
    return tf.tidy(() => {
      const drawn = this.seed === null ? tf.randomNormal([...tall]) : statelessNormal(tall, [this.seed, 0])
      const { q, r } = qr(drawn)
      // Of all such weights none is drawn more often than another, once the signs of r are taken into them.
      const order = tf.range(0, tall[1] ?? 1, 1, 'int32')
      const diagonal = tf.gatherND(r, tf.stack([order, order], 1))
      const whole = tf.mul(q, tf.mul(tf.sign(diagonal), this.gain))
      return (rows < columns ? tf.transpose(whole) : whole).reshape(shape)
    })
  }

  override getConfig(): ConfigDict {
    return { gain: this.gain, seed: this.seed }
  }
}
