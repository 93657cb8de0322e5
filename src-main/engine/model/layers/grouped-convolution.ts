import { z } from 'zod'
import { activations } from '@shared/layers/activations'
import { paddings } from '@shared/layers/arithmetic'
import { asRow } from '@shared/layers/windows'
import { tf, type ConfigDict, type Layer, type Tensor } from '../../tf'
import { windowedShape, type SymbolicShape } from './windowed-shape'

const Initializer = z.object({
  className: z.enum(['GlorotUniform', 'Zeros']),
  config: z.object({ seed: z.int().nullable().default(null) }),
})

const GroupedConfig = z.object({
  name: z.string(),
  filters: z.int(),
  kernelSize: z.array(z.int()).min(1).max(3),
  strides: z.array(z.int()),
  padding: z.enum(paddings),
  groups: z.int(),
  activation: z.enum(activations),
  useBias: z.boolean(),
  kernelInitializer: Initializer.default({ className: 'GlorotUniform', config: { seed: null } }),
})

type LayerVariable = Layer['weights'][number]

/**
 * A convolution over one to three axes whose channels and filters fall into groups, with the weights of Keras: tfjs's
 * own has no groups. Each group is convolved by itself.
 */
export class GroupedConvolution extends tf.layers.Layer {
  static readonly className = 'GroupedConvolution'
  private readonly config: z.output<typeof GroupedConfig>
  private readonly activation: Layer
  private kernel: LayerVariable | undefined
  private bias: LayerVariable | undefined

  constructor(config: ConfigDict) {
    const parsed = GroupedConfig.parse(config)
    super({ name: parsed.name })
    this.config = parsed
    this.activation = tf.layers.activation({ activation: parsed.activation })
  }

  override build(inputShape: SymbolicShape | SymbolicShape[]): void {
    const { kernelSize, filters, groups, useBias, kernelInitializer } = this.config
    const channels = z.int().parse(inputShape.at(-1))
    const { className, config } = kernelInitializer
    const first =
      className === 'Zeros'
        ? tf.initializers.zeros()
        : tf.initializers.glorotUniform(typeof config.seed === 'number' ? { seed: config.seed } : {})
    const shape = [...kernelSize, channels / groups, filters]
    this.kernel = this.addWeight('kernel', shape, 'float32', first, undefined, true)
    if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', tf.initializers.zeros(), undefined, true)
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [input] = Array.isArray(inputs) ? inputs : [inputs]
    const { kernel, bias } = this
    if (!input || !kernel) throw new RangeError('A convolution has one input, for which it was built')
    return tf.tidy(() => {
      const kernels = tf.split(kernel.read(), this.config.groups, -1)
      const places = tf.split(input, this.config.groups, -1).flatMap((part, group) => {
        const own = kernels[group]
        return own ? [convolve(part, own, this.config)] : []
      })
      const joined = tf.concat(places, -1)
      const result = this.activation.call(bias ? tf.add(joined, bias.read()) : joined, {})
      const [output] = Array.isArray(result) ? result : [result]
      if (!output) throw new Error('The activation gave nothing')
      return output
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const { kernelSize: size, strides, padding, filters } = this.config
    return windowedShape(inputShape, { size, strides, padding }, filters)
  }

  override getConfig(): ConfigDict {
    return { ...super.getConfig(), ...this.config }
  }
}

type Settings = Pick<z.output<typeof GroupedConfig>, 'strides' | 'padding'>

/** One group; a sequence is a picture of one row for it, as in the compiled graph. */
function convolve(input: Tensor, kernel: Tensor, { strides, padding }: Settings): Tensor {
  const [samples = 1, ...sizes] = input.shape
  const channels = sizes.pop() ?? 1
  const [filterChannels = 1, filters = 1] = kernel.shape.slice(-2)
  const [first = 1, second = 1, third] = asRow(sizes)
  const [one = 1, two = 1, three = 1] = asRow(kernel.shape.slice(0, -2))
  const [over = 1, along = 1, through = 1] = asRow(strides)
  if (third !== undefined) {
    const by = kernel.as5D(one, two, three, filterChannels, filters)
    return tf.conv3d(input.as5D(samples, first, second, third, channels), by, [over, along, through], padding)
  }
  const by = kernel.as4D(one, two, filterChannels, filters)
  const places = tf.conv2d(input.as4D(samples, first, second, channels), by, [over, along], padding)
  return sizes.length === 1 ? tf.squeeze(places, [1]) : places
}
