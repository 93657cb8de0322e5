/** The windows of a convolution with weights of their own at each place, which neither framework has (any more). */
export function locallyConnected(axes: 1 | 2): { className: string; python: string; typescript: string } {
  const className = `LocallyConnected${axes}D`
  return { className, python: inPython(className, axes), typescript: inTypescript(className, axes) }
}

function inPython(className: string, axes: 1 | 2): string {
  const picture = axes === 1 ? 'keras.ops.expand_dims(inputs, 1)' : 'inputs'
  const size = axes === 1 ? '(1, *self.kernel_size)' : 'tuple(self.kernel_size)'
  const strides = axes === 1 ? '(1, *self.strides)' : 'tuple(self.strides)'
  return `@keras.saving.register_keras_serializable()
class ${className}(layers.Layer):
    """The windows of a convolution, each place with weights of its own."""

    def __init__(self, filters, kernel_size, strides, padding, activation, use_bias,
                 kernel_initializer="glorot_uniform", kernel_regularizer=None, **kwargs):
        super().__init__(**kwargs)
        self.filters, self.kernel_size, self.strides = filters, kernel_size, strides
        self.padding, self.use_bias = padding, use_bias
        self.activation = keras.activations.get(activation)
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)

    def places(self, shape):
        same = self.padding == "same"
        sizes = zip(shape[1:], self.kernel_size, self.strides)
        return [-(-(size if same else size - kernel + 1) // stride) for size, kernel, stride in sizes]

    def build(self, input_shape):
        places = self.places(input_shape)
        window = math.prod(self.kernel_size) * input_shape[-1]
        self.kernel = self.add_weight(
            (math.prod(places), window, self.filters), self.kernel_initializer,
            regularizer=self.kernel_regularizer, name="kernel")
        if self.use_bias:
            self.bias = self.add_weight((*places, self.filters), "zeros", name="bias")

    def call(self, inputs):
        picture = ${picture}
        patches = keras.ops.image.extract_patches(
            picture, ${size}, ${strides}, padding=self.padding)
        shape = self.kernel.shape
        rows = keras.ops.reshape(patches, (-1, shape[0], shape[1]))
        sums = keras.ops.einsum("bpw,pwf->bpf", rows, self.kernel)
        sums = keras.ops.reshape(sums, (-1, *self.places(inputs.shape), self.filters))
        return self.activation(sums + self.bias if self.use_bias else sums)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self.places(input_shape), self.filters)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters, "kernel_size": self.kernel_size, "strides": self.strides,
            "padding": self.padding, "use_bias": self.use_bias,
            "activation": keras.activations.serialize(self.activation),
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
        }`
}

function inTypescript(className: string, axes: 1 | 2): string {
  return `interface ${className}Config {
  filters: number
  kernelSize: number[]
  strides: number[]
  padding: 'valid' | 'same'
  activation: Parameters<typeof tf.layers.activation>[0]['activation']
  useBias: boolean
  kernelInitializer?: Parameters<typeof tf.layers.dense>[0]['kernelInitializer']
  kernelRegularizer?: ReturnType<typeof tf.regularizers.l1l2>
  name?: string
}

/** The windows of a convolution, each place with weights of its own. */
class ${className} extends tf.layers.Layer {
  static readonly className = '${className}'

  constructor(private readonly config: ${className}Config) {
    super(config.name ? { name: config.name } : {})
  }

  private places(sizes: number[]): number[] {
    const { kernelSize, strides, padding } = this.config
    return kernelSize.map((kernel, axis) =>
      Math.ceil((padding === 'same' ? sizes[axis] : sizes[axis] - kernel + 1) / strides[axis]),
    )
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { filters, kernelSize, useBias, kernelInitializer = 'glorotUniform', kernelRegularizer } = this.config
    const [, ...sizes] = inputShape as number[]
    const places = this.places(sizes)
    const window = kernelSize.reduce((product, size) => product * size, sizes[sizes.length - 1])
    const count = places.reduce((product, size) => product * size, 1)
    const initializer = typeof kernelInitializer === 'string' ? tf.initializers[kernelInitializer as 'zeros']() : kernelInitializer
    this.addWeight('kernel', [count, window, filters], 'float32', initializer, kernelRegularizer)
    if (useBias) this.addWeight('bias', [...places, filters], 'float32', tf.initializers.zeros())
    super.build(inputShape)
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0] : inputs
    const { kernelSize, strides, padding, filters, activation } = this.config
    const [kernel, bias] = this.weights.map((weight) => weight.read())
    const [batch, ...sizes] = input.shape
    const [count, window] = kernel.shape
    // A convolution by ones lays the values of each window out.
    const row = ${axes === 1 ? '[1]' : '[] as number[]'}
    const [size, by] = [[...row, ...kernelSize], [...row, ...strides] as [number, number]]
    const ones = tf.eye(window).reshape<tf.Tensor4D>([...size, sizes[sizes.length - 1], window])
    const patches = tf.conv2d(input.reshape<tf.Tensor4D>([batch, ...row, ...sizes]), ones, by, padding)
    const rows = patches.reshape([batch, count, window]).transpose([1, 0, 2])
    const sums = tf.matMul(rows, kernel).transpose([1, 0, 2]).reshape([batch, ...this.places(sizes), filters])
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
tf.serialization.registerClass(${className})`
}
