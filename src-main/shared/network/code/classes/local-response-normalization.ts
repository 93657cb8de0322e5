import { defineClass } from './define'

export default defineClass({
  className: 'LocalResponseNormalization',
  python: `@keras.saving.register_keras_serializable()
class LocalResponseNormalization(layers.Layer):
    """Divides each value by (k + alpha * sum of the neighbouring channels' squares) ** beta."""

    def __init__(self, radius, k, alpha, beta, **kwargs):
        super().__init__(**kwargs)
        self.radius, self.k, self.alpha, self.beta = radius, k, alpha, beta

    def call(self, inputs):
        channels = inputs.shape[-1]
        sides = [[0, 0]] * (len(inputs.shape) - 1) + [[self.radius, self.radius]]
        squares = keras.ops.pad(keras.ops.square(inputs), sides)
        around = sum(squares[..., n : n + channels] for n in range(2 * self.radius + 1))
        return inputs / (self.k + self.alpha * around) ** self.beta

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        own = {"radius": self.radius, "k": self.k, "alpha": self.alpha, "beta": self.beta}
        return {**super().get_config(), **own}`,
  typescript: `/** Divides each value by (k + alpha · sum of the neighbouring channels' squares) ^ beta. */
class LocalResponseNormalization extends tf.layers.Layer {
  static readonly className = 'LocalResponseNormalization'

  constructor(private readonly config: { radius: number; k: number; alpha: number; beta: number; name?: string }) {
    super(config.name ? { name: config.name } : {})
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0] : inputs
    const { radius, k, alpha, beta } = this.config
    const pictures = input.reshape<tf.Tensor4D>([-1, 1, input.size / input.shape[0] / input.shape.at(-1)!, input.shape.at(-1)!])
    return tf.localResponseNormalization(pictures, radius, k, alpha, beta).reshape(input.shape)
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]) {
    return inputShape
  }

  override getConfig() {
    return { ...super.getConfig(), ...this.config }
  }
}
tf.serialization.registerClass(LocalResponseNormalization)`,
})
