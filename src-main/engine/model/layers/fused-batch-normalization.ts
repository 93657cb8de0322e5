import { z } from 'zod'
import { normalizeBatch } from '../../kernels'
import { tf, type ConfigDict, type Layer, type Tensor } from '../../tf'
import { asPictures } from './as-pictures'

/** A layer with weights that no gradient moves, but the batches that it sees in training. */
export interface MovesByBatches {
  /** Moves those weights by the batch seen last, or (`false`) forgets it. */
  settle(take: boolean): void
}

export function movesByBatches(layer: object): layer is MovesByBatches {
  return 'settle' in layer && typeof layer.settle === 'function'
}

export const NormalizationConfig = z.object({
  momentum: z.number(),
  epsilon: z.number(),
  center: z.boolean(),
  scale: z.boolean(),
})

type LayerVariable = Layer['weights'][number]

/**
 * Batch normalization by TensorFlow's fused operation, with the weights and names of Keras. tfjs's own computes it in a
 * dozen operations, knows no more than three axes, and moves its running mean and variance at once, by a batch whose
 * loss turns out to be no number too.
 */
export class FusedBatchNormalization extends tf.layers.Layer implements MovesByBatches {
  static readonly className = 'FusedBatchNormalization'
  private readonly config: z.output<typeof NormalizationConfig>
  private gamma: LayerVariable | undefined
  private beta: LayerVariable | undefined
  private running: { readonly mean: LayerVariable; readonly variance: LayerVariable } | undefined
  private seen: { readonly mean: Tensor; readonly variance: Tensor } | undefined

  constructor({ name, ...config }: z.output<typeof NormalizationConfig> & { name: string }) {
    super({ name })
    this.config = config
  }

  override build(inputShape: (number | null)[] | (number | null)[][]): void {
    const channels = z.number().parse(inputShape.at(-1))
    const [zeros, ones] = [tf.initializers.zeros(), tf.initializers.ones()]
    const add = (name: string, first: typeof zeros, trained: boolean) =>
      this.addWeight(name, [channels], 'float32', first, undefined, trained)
    if (this.config.scale) this.gamma = add('gamma', ones, true)
    if (this.config.center) this.beta = add('beta', zeros, true)
    this.running = { mean: add('moving_mean', zeros, false), variance: add('moving_variance', ones, false) }
    this.built = true
  }

  override call(inputs: Tensor | Tensor[], { training = false }: { training?: boolean }): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    const { running } = this
    if (!input || !running) throw new RangeError('Batch normalization has one input, for which it was built')
    return tf.tidy(() => {
      const channels = [input.shape.at(-1) ?? 1]
      const gamma = this.gamma?.read() ?? tf.ones(channels)
      const beta = this.beta?.read() ?? tf.zeros(channels)
      const { epsilon } = this.config
      return asPictures(input, (pictures) => {
        if (!training) {
          const { mean, variance } = running
          return tf.batchNorm(pictures, asRow(mean.read()), asRow(variance.read()), asRow(beta), asRow(gamma), epsilon)
        }
        const { values, mean, variance } = normalizeBatch(pictures, gamma, beta, epsilon)
        this.settle(false)
        this.seen = { mean, variance }
        return values
      })
    })
  }

  settle(take: boolean): void {
    const { seen, running } = this
    this.seen = undefined
    if (!seen) return
    if (take && running) {
      this.move(running.mean, seen.mean)
      this.move(running.variance, seen.variance)
    }
    tf.dispose([seen.mean, seen.variance])
  }

  private move(weight: LayerVariable, value: Tensor): void {
    const { momentum } = this.config
    tf.tidy(() => void weight.write(tf.add(tf.mul(weight.read(), momentum), tf.mul(value, 1 - momentum))))
  }

  override computeOutputShape<T>(inputShape: T): T {
    return inputShape
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), ...this.config }
  }
}

function asRow(tensor: Tensor): ReturnType<Tensor['as1D']> {
  return tensor.as1D()
}
