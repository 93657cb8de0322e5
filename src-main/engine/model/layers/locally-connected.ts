import { z } from 'zod'
import { edgesOf } from '@shared/layers/locally-connected'
import { sizeOf } from '@shared/layers/shape'
import { placesOf, type Windows } from '@shared/layers/windows'
import { tf, type ConfigDict, type Tensor } from '../../tf'
import { makeInitializer, describeInitializer, type Initializer, type LayerVariable } from './described'
import { onlyInput, OwnConvolution, valueOf } from './own-convolution'
import { windowedShape, type SymbolicShape } from './windowed-shape'

const LocalConfig = z.object({ filters: z.int() })

/** Windows of which each place has weights of its own, `[places, window · channels, filters]`; over one axis or two. */
export class LocallyConnected extends OwnConvolution {
  static readonly className = 'LocallyConnected'
  private readonly filters: number
  private kernel: LayerVariable | undefined

  constructor(config: ConfigDict) {
    super(config, ['kernel'])
    this.filters = LocalConfig.parse(config).filters
  }

  override build(inputShape: SymbolicShape | SymbolicShape[]): void {
    const [, ...shape] = z.array(z.int().nullable()).parse(inputShape)
    const sizes = shape.map((size) => size ?? 0)
    const places = placesOf(this.windows(), sizes) ?? []
    const count = sizeOf(places)
    const window = sizeOf(this.settings.kernelSize) * (sizes.at(-1) ?? 0)
    const first = drawnByPlace(this.initializer('kernel'), count)
    this.kernel = this.addKernel('kernel', 'kernel', [count, window, this.filters], first)
    this.addBias([...places, this.filters])
    this.built = true
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = onlyInput(inputs)
    return tf.tidy(() => {
      const places = placesOf(this.windows(), input.shape.slice(1)) ?? []
      const sums = tf.matMul(patches(input, this.windows(), places), valueOf(this.kernel))
      return this.finish(tf.transpose(sums, [1, 0, 2]).reshape([input.shape[0] ?? 1, ...places, this.filters]))
    })
  }

  override computeOutputShape(inputShape: SymbolicShape | SymbolicShape[]): SymbolicShape {
    return windowedShape(inputShape, this.windows(), this.filters)
  }

  private windows(): Windows {
    const { kernelSize: size, strides, padding } = this.settings
    return { size, strides, padding }
  }
}

/**
 * Draws as for one place: to its neurons the others do not belong. tfjs counts the places as a part of the window, and
 * so would draw from too narrow a range.
 */
function drawnByPlace(initializer: Initializer, places: number): Initializer {
  const { className, config } = describeInitializer(initializer)
  const { scale } = z.object({ scale: z.number().optional() }).parse(config)
  return scale !== undefined
    ? makeInitializer({ className, config: { ...config, scale: scale * places } })
    : initializer
}

/** What each place sees, `[places, batch, window · channels]`: along each axis the values of all its windows in a row. */
function patches(input: Tensor, windows: Windows, places: readonly number[]): Tensor {
  const { size, strides } = windows
  const [samples = 1, ...shape] = input.shape
  const channels = shape.at(-1) ?? 1
  const padded = tf.pad(input, [[0, 0], ...edgesOf(windows, shape, places), [0, 0]])
  const rows = places.reduce((given: Tensor, count, axis) => {
    const indices = Array.from({ length: count }, (_place, place) =>
      Array.from({ length: size[axis] ?? 1 }, (_tap, tap) => place * (strides[axis] ?? 1) + tap),
    )
    return tf.gather(given, tf.tensor1d(indices.flat(), 'int32'), axis + 1)
  }, padded)
  const apart = rows.reshape([samples, ...places.flatMap((count, axis) => [count, size[axis] ?? 1]), channels])
  // Axes 1, 3, … count places, axes 2, 4, … what lies in a window.
  const [place, tap] = [places.map((_count, axis) => 2 * axis + 1), places.map((_count, axis) => 2 * axis + 2)]
  const ordered = tf.transpose(apart, [...place, 0, ...tap, apart.rank - 1])
  return ordered.reshape([sizeOf(places), samples, sizeOf(size) * channels])
}
