import { defineClass } from './define'

/** tfjs's convolutions have no groups; `tfjsForm` puts this class for them. */
export default defineClass({
  className: 'GroupedConvolution',
  typescript: `interface GroupedConfig {
  filters: number
  kernelSize: number[]
  strides: number[]
  dilationRate?: number[]
  padding: 'valid' | 'same'
  groups: number
  activation: Parameters<typeof tf.layers.activation>[0]['activation']
  useBias: boolean
  kernelInitializer?: Parameters<typeof tf.layers.dense>[0]['kernelInitializer']
  kernelRegularizer?: ReturnType<typeof tf.regularizers.l1l2>
  name?: string
}

/** A convolution in groups: each group of filters sees its own share of the channels. */
class GroupedConvolution extends tf.layers.Layer {
  static readonly className = 'GroupedConvolution'

  constructor(private readonly config: GroupedConfig) {
    super(config.name ? { name: config.name } : {})
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { kernelSize, filters, groups, useBias, kernelInitializer = 'glorotUniform', kernelRegularizer } = this.config
    const channels = inputShape.at(-1) as number
    const shape = [...kernelSize, channels / groups, filters]
    const first = typeof kernelInitializer === 'string' ? tf.initializers[kernelInitializer as 'zeros']() : kernelInitializer
    this.addWeight('kernel', shape, 'float32', first, kernelRegularizer)
    if (useBias) this.addWeight('bias', [filters], 'float32', tf.initializers.zeros())
    super.build(inputShape)
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0] : inputs
    const { groups, activation } = this.config
    const [kernel, bias] = this.weights.map((weight) => weight.read())
    const kernels = tf.split(kernel, groups, -1)
    const parts = tf.split(input, groups, -1).map((part, group) => this.convolve(part, kernels[group]))
    const places = tf.concat(parts, -1)
    const sums = bias ? places.add(bias) : places
    return tf.layers.activation({ activation }).apply(sums) as tf.Tensor
  }

  private convolve(part: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
    const { strides, padding, dilationRate = strides.map(() => 1) } = this.config
    if (strides.length === 1) {
      const [stride] = strides
      return tf.conv1d(part as tf.Tensor3D, kernel as tf.Tensor3D, stride, padding, 'NWC', dilationRate[0])
    }
    if (strides.length === 2) {
      const by = kernel as tf.Tensor4D
      return tf.conv2d(part as tf.Tensor4D, by, strides as [number, number], padding, 'NHWC', dilationRate as [number, number])
    }
    const [moves, spread] = [strides, dilationRate] as [number, number, number][]
    return tf.conv3d(part as tf.Tensor5D, kernel as tf.Tensor5D, moves, padding, 'NDHWC', spread)
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { kernelSize, strides, padding, filters, dilationRate = strides.map(() => 1) } = this.config
    const [batch, ...sizes] = inputShape as tf.Shape
    const places = kernelSize.map((kernel, axis) => {
      const size = padding === 'same' ? sizes[axis]! : sizes[axis]! - (kernel - 1) * dilationRate[axis]
      return Math.ceil(size / strides[axis])
    })
    return [batch, ...places, filters]
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.config as object) }
  }
}
tf.serialization.registerClass(GroupedConvolution)`,
})
