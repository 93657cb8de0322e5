import { defineClass } from './define'

/** tfjs's depthwise convolution takes a dilation and ignores it; `tfjsForm` puts this class for it. */
export default defineClass({
  className: 'DilatedDepthwiseConvolution',
  typescript: `interface DilatedDepthwiseConfig {
  kernelSize: number[]
  strides: number[]
  padding: 'valid' | 'same'
  depthMultiplier: number
  activation: Parameters<typeof tf.layers.activation>[0]['activation']
  useBias: boolean
  depthwiseInitializer?: Parameters<typeof tf.layers.dense>[0]['kernelInitializer']
  depthwiseRegularizer?: ReturnType<typeof tf.regularizers.l1l2>
  dilationRate: number[]
  name?: string
}

/** A depthwise convolution with room between the values that it sees. */
class DilatedDepthwiseConvolution extends tf.layers.Layer {
  static readonly className = 'DilatedDepthwiseConvolution'

  constructor(private readonly config: DilatedDepthwiseConfig) {
    super(config.name ? { name: config.name } : {})
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { kernelSize, depthMultiplier, useBias, depthwiseInitializer = 'glorotUniform', depthwiseRegularizer } = this.config
    const channels = inputShape[inputShape.length - 1] as number
    const first = typeof depthwiseInitializer === 'string' ? tf.initializers[depthwiseInitializer as 'zeros']() : depthwiseInitializer
    this.addWeight('kernel', [...kernelSize, channels, depthMultiplier], 'float32', first, depthwiseRegularizer)
    if (useBias) this.addWeight('bias', [channels * depthMultiplier], 'float32', tf.initializers.zeros())
    super.build(inputShape)
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D
    const { strides, padding, dilationRate, activation } = this.config
    const [kernel, bias] = this.weights.map((weight) => weight.read())
    const [by, spread] = [strides, dilationRate] as [number, number][]
    const places = tf.depthwiseConv2d(input, kernel as tf.Tensor4D, by, padding, 'NHWC', spread)
    return tf.layers.activation({ activation }).apply(bias ? places.add(bias) : places) as tf.Tensor
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const { kernelSize, strides, padding, depthMultiplier, dilationRate } = this.config
    const [batch, ...sizes] = inputShape as number[]
    const places = kernelSize.map((kernel, axis) => {
      const size = padding === 'same' ? sizes[axis] : sizes[axis] - (kernel - 1) * dilationRate[axis]
      return Math.ceil(size / strides[axis])
    })
    return [batch, ...places, sizes[2] * depthMultiplier]
  }

  override getConfig() {
    return { ...super.getConfig(), ...(this.config as object) }
  }
}
tf.serialization.registerClass(DilatedDepthwiseConvolution)`,
})
