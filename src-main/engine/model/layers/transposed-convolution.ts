import { z } from 'zod'
import { transposedPlaces } from '@shared/layers/transposed'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import type { LayerVariable } from './described'
import { asPicture, onlyInput, OwnConvolution, pair, valueOf } from './own-convolution'
import { spreadKernel } from './spread-kernel'
import type { SymbolicShape } from './windowed-shape'

const TransposedConfig = z.object({ filters: z.int() })

/** A transposed convolution of pictures with dilation, which tfjs's own does not know. */
export class TransposedConvolution extends OwnConvolution {
  static readonly className = 'TransposedConvolution'
  private readonly filters: number
  private kernel: LayerVariable | undefined

  constructor(config: ConfigDict) {
    super(config, ['kernel'])
    this.filters = TransposedConfig.parse(config).filters
  }

  override build(inputShape: SymbolicShape | SymbolicShape[]): void {
    const channels = z.int().parse(inputShape.at(-1))
    this.kernel = this.addKernel('kernel', 'kernel', [...this.settings.kernelSize, this.filters, channels])
    this.addBias([this.filters])
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { strides, padding, dilationRate } = this.settings
    return tf.tidy(() => {
      const input = asPicture(onlyInput(inputs))
      const by = asPicture(spreadKernel(valueOf(this.kernel), dilationRate))
      const [height, width] = pair(this.places(input.shape.slice(1, 3)))
      const shape: [number, number, number, number] = [input.shape[0], height, width, this.filters]
      return this.finish(tf.conv2dTranspose(input, by, shape, pair(strides), padding))
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    const [samples = null, ...sizes] = z.array(z.int().nullable()).parse(inputShape)
    return [samples, ...this.places(sizes.map((size) => size ?? 0)), this.filters]
  }

  private places(input: readonly number[]): number[] {
    const { kernelSize: size, strides, padding, dilationRate: dilation } = this.settings
    return transposedPlaces({ size, strides, padding, dilation }, input)
  }
}
