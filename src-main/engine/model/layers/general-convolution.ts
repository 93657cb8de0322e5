import { z } from 'zod'
import type { Padding } from '@shared/layers/arithmetic'
import { asRow } from '@shared/layers/windows'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import type { LayerVariable } from './described'
import { onlyInput, OwnConvolution, valueOf } from './own-convolution'
import { spreadKernel } from './spread-kernel'
import { windowedShape, type SymbolicShape } from './windowed-shape'

const GroupedConfig = z.object({ filters: z.int(), groups: z.int().default(1) })

/**
 * A convolution over one to three axes in groups or with dilation, with the weights of Keras: tfjs's own has no groups,
 * and no gradient with dilation. Each group is convolved by itself, with dilation by a kernel that is zero in between.
 */
export class GeneralConvolution extends OwnConvolution {
  static readonly className = 'GeneralConvolution'
  private readonly config: z.output<typeof GroupedConfig>
  private kernel: LayerVariable | undefined

  constructor(config: ConfigDict) {
    super(config, ['kernel'])
    this.config = GroupedConfig.parse(config)
  }

  override build(inputShape: SymbolicShape | SymbolicShape[]): void {
    const { filters, groups } = this.config
    const channels = z.int().parse(inputShape.at(-1))
    this.kernel = this.addKernel('kernel', 'kernel', [...this.settings.kernelSize, channels / groups, filters])
    this.addBias([filters])
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = onlyInput(inputs)
    const { groups } = this.config
    return tf.tidy(() => {
      const kernel = spreadKernel(valueOf(this.kernel), this.settings.dilationRate)
      if (groups === 1) return this.finish(convolve(input, kernel, this.settings))
      const kernels = tf.split(kernel, groups, -1)
      const places = tf.split(input, groups, -1).flatMap((part, group) => {
        const own = kernels[group]
        return own ? [convolve(part, own, this.settings)] : []
      })
      return this.finish(tf.concat(places, -1))
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const { kernelSize: size, strides, padding, dilationRate: dilation } = this.settings
    return windowedShape(inputShape, { size, strides, padding, dilation }, this.config.filters)
  }
}

interface Settings {
  readonly strides: readonly number[]
  readonly padding: Padding
}

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
