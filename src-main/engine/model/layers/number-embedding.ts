import { z } from 'zod'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import { Described, describeInitializer, makeInitializer, type Initializer, type LayerVariable } from './described'
import { onlyInput, valueOf } from './own-convolution'
import type { SymbolicShape } from './windowed-shape'

const Settings = z.object({
  name: z.string(),
  inputDim: z.int(),
  outputDim: z.int(),
  scale: z.number(),
  embeddingsInitializer: Described.default({ className: 'RandomUniform', config: { minval: -0.05, maxval: 0.05 } }),
})

/**
 * An embedding of prepared values: each times a scale and rounded is the number of its row, the last row's at most. tfjs's
 * own takes whole numbers only, and refuses those that there are no rows for.
 */
export class NumberEmbedding extends tf.layers.Layer {
  static readonly className = 'NumberEmbedding'
  private readonly settings: z.output<typeof Settings>
  private readonly initializer: Initializer
  private rows: LayerVariable | undefined

  constructor(config: ConfigDict) {
    const settings = Settings.parse(config)
    super({ name: settings.name })
    this.settings = settings
    this.initializer = makeInitializer(settings.embeddingsInitializer)
  }

  override build(): void {
    const { inputDim, outputDim } = this.settings
    this.rows = this.addWeight('embeddings', [inputDim, outputDim], 'float32', this.initializer, undefined, true)
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { inputDim, scale } = this.settings
    return tf.tidy(() => {
      const input = onlyInput(inputs)
      const numbers = tf.cast(tf.add(tf.mul(input, scale), 0.5), 'int32')
      const known = tf.minimum(tf.maximum(numbers, tf.scalar(0, 'int32')), tf.scalar(inputDim - 1, 'int32'))
      return tf.gather(valueOf(this.rows), tf.cast(known, 'int32').flatten()).reshape(this.sizes(input.shape))
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    return this.sizes(z.array(z.int().nullable()).parse(inputShape))
  }

  private sizes<Size extends number | null>([samples, length, channels]: readonly Size[]): (Size | number)[] {
    const places = [samples ?? 1, length ?? 1]
    return [...places, (channels ?? 1) * this.settings.outputDim]
  }

  override getConfig(): ConfigDict {
    const { inputDim, outputDim, scale } = this.settings
    // Without a seed yet, which a copy as JSON would lose the place of.
    const initializers = Object.fromEntries([['embeddingsInitializer', describeInitializer(this.initializer)]])
    return { ...super.getConfig(), inputDim, outputDim, scale, ...initializers }
  }
}
