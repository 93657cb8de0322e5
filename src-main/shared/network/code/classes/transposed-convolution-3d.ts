import { defineClass } from './define'

/** tfjs's transposed convolution of volumes cannot be trained; `tfjsForm` puts this class for it. */
export default defineClass({
  className: 'TransposedConvolution3D',
  typescript: `interface TransposedConvolution3DConfig {
  filters: number
  kernelSize: number[]
  strides: number[]
  padding: 'valid' | 'same'
  dilationRate?: number[]
  activation: Parameters<typeof tf.layers.activation>[0]['activation']
  useBias: boolean
  kernelInitializer?: Parameters<typeof tf.layers.dense>[0]['kernelInitializer']
  kernelRegularizer?: ReturnType<typeof tf.regularizers.l1l2>
  name?: string
}

/** A transposed convolution of volumes: a convolution by the reversed kernel over places with zeros between them. */
class TransposedConvolution3D extends tf.layers.Layer {
  static readonly className = 'TransposedConvolution3D'

  constructor(private readonly config: TransposedConvolution3DConfig) {
    super(config.name ? { name: config.name } : {})
  }

  private extents(): number[] {
    const { kernelSize, dilationRate = [1, 1, 1] } = this.config
    return kernelSize.map((size, axis) => (size - 1) * dilationRate[axis] + 1)
  }

  private places(sizes: number[]): number[] {
    const { strides, padding } = this.config
    return this.extents().map((extent, axis) => {
      const reach = Math.max(extent - strides[axis], 0)
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

  /** Zeros between the places along three axes, and none behind the last. */
  private apart(value: tf.Tensor, first: number, steps: number[]): tf.Tensor {
    return steps.reduce((spread, step, n) => {
      const axis = first + n
      const sizes = spread.shape
      const row = tf.stack([spread, ...Array<tf.Tensor>(step - 1).fill(tf.zerosLike(spread))], axis + 1)
      const whole = row.reshape(sizes.map((size, at) => (at === axis ? size * step : size)))
      const kept = sizes.map((size, at) => (at === axis ? (size - 1) * step + 1 : size))
      return tf.slice(whole, sizes.map(() => 0), kept)
    }, value)
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0] : inputs
    const { strides, padding, dilationRate = [1, 1, 1], activation } = this.config
    const [kernel, bias] = this.weights.map((weight) => weight.read())
    const sizes = input.shape.slice(1, 4)
    const out = this.places(sizes)
    const edges = this.extents().map((extent, axis): [number, number] => {
      const missing = padding === 'same' ? Math.max(extent - strides[axis], 0) : 0
      const before = extent - 1 - Math.floor(missing / 2)
      return [before, out[axis] + extent - 2 - (sizes[axis] - 1) * strides[axis] - before]
    })
    const padded = tf.pad(this.apart(input, 1, strides), [[0, 0], ...edges, [0, 0]])
    const reversed = tf.reverse(this.apart(kernel, 0, dilationRate), [0, 1, 2]).transpose([0, 1, 2, 4, 3])
    const sums = tf.conv3d(padded as tf.Tensor5D, reversed as tf.Tensor5D, [1, 1, 1], 'valid')
    return tf.layers.activation({ activation }).apply(bias ? sums.add(bias) : sums) as tf.Tensor
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, ...sizes] = inputShape as number[]
    return [batch, ...this.places(sizes), this.config.filters]
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.config as object) }
  }
}
tf.serialization.registerClass(TransposedConvolution3D)`,
})
