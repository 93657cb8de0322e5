import { z } from 'zod'
import type { Padding } from '@shared/layers/arithmetic'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import type { LayerVariable } from './described'
import { asPicture, asPictureKernel, onlyInput, OwnConvolution, valueOf, withAxes } from './own-convolution'
import { spreadKernel } from './spread-kernel'
import { windowedShape, type SymbolicShape } from './windowed-shape'

const DepthwiseConfig = z.object({ depthMultiplier: z.int() })

/** Kernels for each channel by itself over one axis or two, with dilation, which tfjs's own ignores. */
export class DepthwiseConvolution extends OwnConvolution {
  static readonly className = 'DepthwiseConvolution'
  private readonly multiplier: number
  private kernel: LayerVariable | undefined

  constructor(config: ConfigDict) {
    super(config, ['depthwise'])
    this.multiplier = DepthwiseConfig.parse(config).depthMultiplier
  }

  override build(inputShape: SymbolicShape | SymbolicShape[]): void {
    const channels = z.int().parse(inputShape.at(-1))
    this.kernel = this.addKernel('depthwise', 'kernel', [...this.settings.kernelSize, channels, this.multiplier])
    this.addBias([channels * this.multiplier])
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { kernelSize } = this.settings
    return tf.tidy(() => {
      const places = apart(onlyInput(inputs), valueOf(this.kernel), this.settings)
      return this.finish(withAxes(places, kernelSize.length))
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const { kernelSize: size, strides, padding, dilationRate: dilation } = this.settings
    const channels = z.int().parse(inputShape.at(-1))
    return windowedShape(inputShape, { size, strides, padding, dilation }, channels * this.multiplier)
  }
}

const SeparableConfig = z.object({ filters: z.int() })

/** A kernel for each channel over one axis or two, then filters over all. tfjs's own draws both kernels from one seed. */
export class SeparableConvolution extends OwnConvolution {
  static readonly className = 'SeparableConvolution'
  private readonly filters: number
  private depthwise: LayerVariable | undefined
  private pointwise: LayerVariable | undefined

  constructor(config: ConfigDict) {
    super(config, ['depthwise', 'pointwise'])
    this.filters = SeparableConfig.parse(config).filters
  }

  override build(inputShape: SymbolicShape | SymbolicShape[]): void {
    const channels = z.int().parse(inputShape.at(-1))
    this.depthwise = this.addKernel('depthwise', 'depthwise_kernel', [...this.settings.kernelSize, channels, 1])
    const place = this.settings.kernelSize.map(() => 1)
    this.pointwise = this.addKernel('pointwise', 'pointwise_kernel', [...place, channels, this.filters])
    this.addBias([this.filters])
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.tidy(() => {
      const places = apart(onlyInput(inputs), valueOf(this.depthwise), this.settings)
      const mixed = tf.conv2d(places, asPictureKernel(valueOf(this.pointwise)), [1, 1], 'valid')
      return this.finish(withAxes(mixed, this.settings.kernelSize.length))
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const { kernelSize: size, strides, padding, dilationRate: dilation } = this.settings
    return windowedShape(inputShape, { size, strides, padding, dilation }, this.filters)
  }
}

interface Settings {
  readonly strides: readonly number[]
  readonly padding: Padding
  readonly dilationRate: readonly number[]
}

/**
 * Each channel of a batch of pictures under its own kernels. Over a row of height 1 any stride along the height does; the
 * native operation wants the same along both axes.
 */
function apart(
  input: Tensor,
  kernel: Tensor,
  { strides, padding, dilationRate }: Settings,
): ReturnType<Tensor['as4D']> {
  const by = asPictureKernel(spreadKernel(kernel, dilationRate))
  const [stride = 1] = strides
  return tf.depthwiseConv2d(asPicture(input), by, [stride, stride], padding)
}
