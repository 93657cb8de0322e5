import type { ResizeMode } from '@shared/data/preprocessing'
import type { DecodedValues, ValueType } from './decode/contract'
import { withKernels, type Kernels } from './wasm/kernels'

/** What `pictureSample` needs of a preprocessing. */
export interface SampleFrame {
  readonly shape: readonly number[]
  readonly resize?: ResizeMode | undefined
}

/**
 * A decoded picture as one sample `[height, width, channels]` of bytes: laid on white where it is transparent, brought to
 * the shape's size, then to grey (ITU-R BT.601 luma) or RGB. `fit` keeps its proportions (a stretched digit is another
 * digit) and fills the sides up with the colour that most of its border has, `fill` takes the part in the middle that has
 * the shape's proportions, as `crop_to_aspect_ratio` does in Keras. Sizes are changed by a triangle filter that is as
 * wide as the pixels it makes (bilinear with antialiasing), within 1 of its exact values.
 */
export function pictureSample(
  decoded: DecodedValues,
  { shape: [height = 1, width = 1, channels = 1], resize = 'fit' }: SampleFrame,
): Uint8Array<ArrayBuffer> {
  const [rows = 0, columns = 0, perPixel = 0] = decoded.shape
  const { values } = decoded
  const asItIs = rows === height && columns === width && perPixel === channels
  if (asItIs && values instanceof Uint8Array) return new Uint8Array(values)
  return withKernels((kernels) => {
    const at = onWhite(kernels, { values, perPixel, toByte: toByte(decoded.dtype) }, columns * rows)
    const picture = { at, width: columns, height: rows }
    const sample = sampleIn(kernels, picture, { shape: [height, width, channels], resize })
    return kernels.bytes(sample, height * width * channels).slice()
  })
}

/** What the kernels call the modes; see wasm/assembly/frame.ts. */
const modes: Readonly<Record<ResizeMode, number>> = { fit: 0, fill: 1, stretch: 2 }

/** The address of the sample of an opaque picture that lies in the kernels' memory. */
export function sampleIn(
  { reserve, samplePicture }: Kernels,
  { at, width, height }: Opaque,
  { shape, resize = 'fit' }: SampleFrame,
): number {
  // Of a list `[rows, columns]` would be taken by an iterator, which takes V8 long to compile.
  const { 0: rows = 1, 1: columns = 1, 2: channels = 1 } = shape
  const sample = reserve(rows * columns * channels)
  samplePicture(at, width, height, sample, rows, columns, channels, modes[resize])
  return sample
}

/** An opaque picture at an address, four bytes a pixel, of which the last says nothing. */
export interface Opaque {
  readonly at: number
  readonly width: number
  readonly height: number
}

/** Values from 0 to 255 with how many there are to a pixel. */
interface Components {
  readonly values: ArrayLike<number>
  readonly perPixel: number
  readonly toByte: (value: number) => number
}

/** Words reach to 65535, floating-point numbers to 1; of other types there is no telling. */
function toByte(dtype: ValueType): (value: number) => number {
  const within = (value: number) => Math.min(Math.max(value, 0), 255)
  if (dtype === 'uint16') return (value) => value / 257
  return dtype.startsWith('float') ? (value) => within(value * 255) : within
}

/** Pixels that are laid on white at once, so that their values do not take as much memory again. */
const pixelsAtOnce = 2 ** 16

/** The address of components as an opaque picture. */
function onWhite({ reserve, bytes, layOnWhite }: Kernels, components: Components, pixels: number): number {
  const { values, perPixel } = components
  const at = reserve(pixels * 4)
  if (!(values instanceof Uint8Array) || perPixel > 4) {
    writeOnWhite(components, bytes(at, pixels * 4))
    return at
  }
  // Nearly all pictures are of bytes.
  const piece = reserve(Math.min(pixels, pixelsAtOnce) * perPixel)
  for (let done = 0; done < pixels; done += pixelsAtOnce) {
    const part = values.subarray(done * perPixel, Math.min(done + pixelsAtOnce, pixels) * perPixel)
    bytes(piece, part.length).set(part)
    layOnWhite(piece, perPixel, part.length / perPixel, at + done * 4)
  }
  return at
}

function writeOnWhite({ values, perPixel, toByte }: Components, rgba: Uint8Array): void {
  const colours = perPixel >= 3 ? 3 : 1
  const value = (pixel: number, component: number) => toByte(values[pixel * perPixel + component] ?? 0)
  for (let pixel = 0; pixel < rgba.length / 4; pixel++) {
    const alpha = perPixel > colours ? value(pixel, colours) / 255 : 1
    for (let colour = 0; colour < 3; colour++) {
      const own = value(pixel, colours === 3 ? colour : 0)
      rgba[pixel * 4 + colour] = Math.round(own * alpha + 255 * (1 - alpha))
    }
  }
}
