import { z } from 'zod'
import type { Padding } from '@shared/layers/arithmetic'
import { transposedPlaces } from '@shared/layers/transposed'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import type { LayerVariable } from './described'
import { asPicture, asPictureKernel, onlyInput, OwnConvolution, pair, valueOf, withAxes } from './own-convolution'
import { spreadKernel } from './spread-kernel'
import type { SymbolicShape } from './windowed-shape'

const TransposedConfig = z.object({ filters: z.int() })

/**
 * A transposed convolution over one to three axes with dilation. tfjs's own has none for sequences, no gradient for
 * volumes and no dilation.
 */
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
      const input = onlyInput(inputs)
      const kernel = spreadKernel(valueOf(this.kernel), dilationRate)
      const places = this.places(input.shape.slice(1, -1))
      const samples = input.shape[0] ?? 1
      if (strides.length > 2)
        return this.finish(transposedOverVolume(input, kernel, [samples, ...places, this.filters], strides, padding))
      const [height, width] = pair(places)
      const by = asPictureKernel(kernel)
      const shape: [number, number, number, number] = [samples, height, width, this.filters]
      const pictures = tf.conv2dTranspose(asPicture(input), by, shape, pair(strides), padding)
      return this.finish(withAxes(pictures, strides.length))
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

/**
 * A transposed convolution of volumes is what a convolution's gradient by its input is, so its own gradients are that
 * convolution of what comes out, and its gradient by the kernel.
 */
function transposedOverVolume(
  input: Tensor,
  kernel: Tensor,
  shape: readonly number[],
  strides: readonly number[],
  padding: Padding,
): Tensor {
  const [one = 1, two = 1, three = 1] = strides
  const steps: [number, number, number] = [one, two, three]
  const [samples = 1, depth = 1, height = 1, width = 1, filters = 1] = shape
  const withGradient = tf.customGrad((...args: unknown[]) => {
    const [x, by, save] = args
    if (!(x instanceof tf.Tensor) || !(by instanceof tf.Tensor) || typeof save !== 'function')
      throw new TypeError('customGrad gives its inputs and save')
    save([x, by])
    return {
      value: tf.conv3dTranspose(
        asVolume(x),
        asVolumeKernel(by),
        [samples, depth, height, width, filters],
        steps,
        padding,
      ),
      gradFunc: (dy: Tensor, [saved = x, weight = by]: Tensor[]) => {
        const slope = asVolume(dy)
        const { shape: filterShape } = weight
        return [
          tf.conv3d(slope, asVolumeKernel(weight), steps, padding),
          tf
            .engine()
            .runKernel<Tensor>(
              tf.Conv3DBackpropFilterV2,
              { x: slope, dy: saved },
              { strides: steps, pad: padding, filterShape },
            ),
        ]
      },
    }
  })
  return withGradient(input, kernel)
}

function asVolume(value: Tensor): ReturnType<Tensor['as5D']> {
  const [samples = 1, depth = 1, height = 1, width = 1, channels = 1] = value.shape
  return value.as5D(samples, depth, height, width, channels)
}

/** A kernel over volumes has five axes as well. */
const asVolumeKernel = asVolume
