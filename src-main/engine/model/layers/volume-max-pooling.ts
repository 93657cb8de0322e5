import { z } from 'zod'
import { paddings } from '@shared/layers/arithmetic'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import { windowedShape, type SymbolicShape } from './windowed-shape'

const sizes = z.array(z.int()).length(3)
export const VolumePoolingConfig = z.object({ poolSize: sizes, strides: sizes, padding: z.enum(paddings) })

/**
 * Max pooling of volumes: first over height and width, slice by slice, then over the depth. TensorFlow's `MaxPool3DGrad`,
 * run by itself on a CPU, takes all values within 0.00001 of the largest for the largest and gives each the whole
 * gradient; within a compiled graph, and over pictures, only the first of the largest gets it, and so it is here.
 */
export class VolumeMaxPooling extends tf.layers.Layer {
  static readonly className = 'VolumeMaxPooling'
  private readonly config: z.output<typeof VolumePoolingConfig>

  constructor({ name, ...config }: z.output<typeof VolumePoolingConfig> & { readonly name: string }) {
    super({ name })
    this.config = config
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    if (!input) throw new RangeError('Pooling has one input')
    const [samples = 1, depth = 1, height = 1, width = 1, channels = 1] = input.shape
    const { poolSize, strides, padding } = this.config
    const [deep = 1, high = 1, wide = 1] = poolSize
    const [through = 1, down = 1, along = 1] = strides
    return tf.tidy(() => {
      const slices = input.as4D(samples * depth, height, width, channels)
      const flat = tf.maxPool(slices, [high, wide], [down, along], padding)
      const [, rows = 1, columns = 1] = flat.shape
      const columnsOfDepth = flat.as4D(samples, depth, rows * columns, channels)
      const pooled = tf.maxPool(columnsOfDepth, [deep, 1], [through, 1], padding)
      return pooled.as5D(samples, pooled.shape[1], rows, columns, channels)
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const { poolSize: size, strides, padding } = this.config
    return windowedShape(inputShape, { size, strides, padding })
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), ...this.config }
  }
}
