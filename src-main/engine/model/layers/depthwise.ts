import { z } from 'zod'
import type { Padding } from '@shared/layers/arithmetic'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import type { LayerVariable } from './described'
import { asPicture, onlyInput, OwnConvolution, pair, valueOf } from './own-convolution'
import { spreadKernel } from './spread-kernel'
import { windowedShape, type SymbolicShape } from './windowed-shape'

const DepthwiseConfig = z.object({ depthMultiplier: z.int() })

/** Kernels for each channel by itself, with dilation, which tfjs's own ignores. */
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
    return tf.tidy(() => this.finish(apart(onlyInput(inputs), valueOf(this.kernel), this.settings)))
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const { kernelSize: size, strides, padding, dilationRate: dilation } = this.settings
    const channels = z.int().parse(inputShape.at(-1))
    return windowedShape(inputShape, { size, strides, padding, dilation }, channels * this.multiplier)
  }
}

const SeparableConfig = z.object({ filters: z.int() })

/** A kernel for each channel, then filters over all of them. tfjs's own draws both kernels from one seed. */
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
    this.pointwise = this.addKernel('pointwise', 'pointwise_kernel', [1, 1, channels, this.filters])
    this.addBias([this.filters])
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tf.tidy(() => {
      const places = apart(onlyInput(inputs), valueOf(this.depthwise), this.settings)
      const mixer = valueOf(this.pointwise)
      return this.finish(tf.conv2d(asPicture(places), asPicture(mixer), [1, 1], 'valid'))
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

/** Each channel of a batch of pictures under its own kernels. */
function apart(input: Tensor, kernel: Tensor, { strides, padding, dilationRate }: Settings): Tensor {
  const by = asPicture(spreadKernel(kernel, dilationRate))
  return tf.depthwiseConv2d(asPicture(input), by, pair(strides), padding)
}
