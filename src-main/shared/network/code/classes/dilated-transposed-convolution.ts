import { defineClass } from './define'

/** tfjs's transposed convolution takes a dilation and ignores it; `tfjsForm` puts this class for it. */
export default defineClass({
  className: 'DilatedTransposedConvolution',
  typescript: `interface DilatedTransposedConfig {
  filters: number
  kernelSize: number[]
  strides: number[]
  padding: 'valid' | 'same'
  activation: Parameters<typeof tf.layers.activation>[0]['activation']
  useBias: boolean
  dilationRate: number[]
  kernelInitializer?: Parameters<typeof tf.layers.dense>[0]['kernelInitializer']
  kernelRegularizer?: ReturnType<typeof tf.regularizers.l1l2>
  name?: string
}

/** A transposed convolution with room between the places that a value goes to. */
class DilatedTransposedConvolution extends tf.layers.Layer {
  static readonly className = 'DilatedTransposedConvolution'

  constructor(private readonly config: DilatedTransposedConfig) {
    super(config.name ? { name: config.name } : {})
  }

  private places(sizes: number[]): number[] {
    const { kernelSize, strides, padding, dilationRate } = this.config
    return kernelSize.map((kernel, axis) => {
      const reach = Math.max((kernel - 1) * dilationRate[axis] + 1 - strides[axis], 0)
      return sizes[axis] * strides[axis] + (padding === 'same' ? 0 : reach)
    })
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { kernelSize, filters, useBias, kernelInitializer = 'glorotUniform', kernelRegularizer } = this.config
    const channels = inputShape[inputShape.length - 1] as number
    const first = typeof kernelInitializer === 'string' ? tf.initializers[kernelInitializer as 'zeros']() : kernelInitializer
    this.addWeight('kernel', [...kernelSize, filters, channels], 'float32', first, kernelRegularizer)
    if (useBias) this.addWeight('bias', [filters], 'float32', tf.initializers.zeros())
    super.build(inputShape)
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D
    const { kernelSize, strides, padding, filters, dilationRate, activation } = this.config
    const [kernel, bias] = this.weights.map((weight) => weight.read())
    const [rows, columns] = kernelSize
    const [down, across] = dilationRate
    const channels = input.shape[3]
    // Zeros between the kernel's places, and none behind the last.
    const apart = kernel.reshape([rows, 1, columns, 1, filters, channels])
    const spread = tf.pad(apart, [[0, 0], [0, down - 1], [0, 0], [0, across - 1], [0, 0], [0, 0]])
    const whole = spread.reshape<tf.Tensor4D>([rows * down, columns * across, filters, channels])
    const dilated = tf.slice(whole, [0, 0, 0, 0], [(rows - 1) * down + 1, (columns - 1) * across + 1, -1, -1])
    const [batch, height, width] = input.shape
    const [high, wide] = this.places([height, width])
    const places = tf.conv2dTranspose(input, dilated as tf.Tensor4D, [batch, high, wide, filters], strides as [number, number], padding)
    return tf.layers.activation({ activation }).apply(bias ? places.add(bias) : places) as tf.Tensor
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, ...sizes] = inputShape as number[]
    return [batch, ...this.places(sizes), this.config.filters]
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.config as object) }
  }
}
tf.serialization.registerClass(DilatedTransposedConvolution)`,
})
