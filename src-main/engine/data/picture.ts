import { ResizeFilterType, ResizeFit, Transformer } from '@napi-rs/image'
import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { englishText } from '@shared/messages/english'
import { usualLimits, type DecodedValues, type Refusal, type ValueType } from './decode/contract'
import { decodeFile } from './decode/decode-file'
import { bytesFile } from './decode/source-file'

/** A person's picture file as a network is to see it. */
export interface PictureFile {
  /** Its name, for errors. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Turn light into dark, for a network that learned from light strokes on dark. */
  readonly invert: boolean
}

/** A picture with more pixels than this is refused before it is unpacked. */
const megapixels = 64
const limits = { ...usualLimits, pixels: megapixels * 1e6 }

/**
 * A picture as one sample of the preprocessing's shape, values 0 to 255: decoded, turned as its EXIF tag says, laid on
 * white where it is transparent, scaled to fit with its proportions kept (a stretched digit is another digit), filled up
 * at the sides with the colour that most of its border has, brought to grey (ITU-R BT.601 luma) or RGB, inverted on
 * request.
 */
export async function readPicture(picture: PictureFile, { shape }: Preprocessing): Promise<Uint8Array<ArrayBuffer>> {
  const sample = await pictureSample(await decode(picture), shape)
  return picture.invert ? sample.map((value) => 255 - value) : sample
}

/** A decoded picture as one sample `[height, width, channels]` of bytes, as `readPicture` makes it of a file. */
export async function pictureSample(
  decoded: DecodedValues,
  [height = 1, width = 1, channels = 1]: readonly number[],
): Promise<Uint8Array<ArrayBuffer>> {
  const [rows = 0, columns = 0, perPixel = 0] = decoded.shape
  const { values } = decoded
  const asItIs = rows === height && columns === width && perPixel === channels
  if (asItIs && values instanceof Uint8Array) return new Uint8Array(values)
  const components = { values, perPixel, toByte: toByte(decoded.dtype) }
  const fitted = await fit({ width: columns, height: rows, rgba: onWhite(components, columns * rows) }, width, height)
  return placeOnBorderColour(toChannels(fitted, channels), { ...fitted, channels }, width, height)
}

/** An opaque picture, four bytes a pixel. */
interface Opaque {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

async function decode({ name, bytes }: PictureFile): Promise<DecodedValues> {
  // What a file is called says nothing of what is in it, so the name is for errors only.
  const outcome = await decodeFile(bytesFile('picture', bytes), { limits, frames: 'first' })
  if (!outcome.ok) throw errorOf(name, outcome.refusal)
  const { decoded } = outcome
  if (decoded.kind !== 'picture') throw new AppError('picture-unreadable', { name, detail: decoded.format })
  return decoded
}

function errorOf(name: string, { code, params }: Refusal): AppError {
  if (code === 'empty') return new AppError('picture-empty', { name })
  if (code === 'truncated') return new AppError('picture-truncated', { name })
  if (code === 'too-many-pixels') return new AppError('picture-too-many-pixels', { name, limit: megapixels })
  const detail = code === 'damaged' ? params.detail : englishText(`decode.reasons.${code}`, params)
  return new AppError('picture-unreadable', { name, detail: String(detail).replace(/\.$/, '') })
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

function onWhite({ values, perPixel, toByte }: Components, pixels: number): Uint8Array {
  const rgba = new Uint8Array(pixels * 4).fill(255)
  const colours = perPixel >= 3 ? 3 : 1
  if (values instanceof Uint8Array && perPixel === colours) {
    // Nearly all pictures are such: opaque, of bytes.
    const [green, blue] = colours === 3 ? [1, 2] : [0, 0]
    for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++, from += perPixel, to += 4) {
      rgba[to] = values[from] ?? 0
      rgba[to + 1] = values[from + green] ?? 0
      rgba[to + 2] = values[from + blue] ?? 0
    }
    return rgba
  }
  const value = (pixel: number, component: number) => toByte(values[pixel * perPixel + component] ?? 0)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = perPixel > colours ? value(pixel, colours) / 255 : 1
    for (let colour = 0; colour < 3; colour++) {
      const own = value(pixel, colours === 3 ? colour : 0)
      rgba[pixel * 4 + colour] = Math.round(own * alpha + 255 * (1 - alpha))
    }
  }
  return rgba
}

async function fit(picture: Opaque, width: number, height: number): Promise<Opaque> {
  const scale = Math.min(width / picture.width, height / picture.height)
  const size = {
    width: Math.min(width, Math.max(1, Math.round(picture.width * scale))),
    height: Math.min(height, Math.max(1, Math.round(picture.height * scale))),
  }
  if (size.width === picture.width && size.height === picture.height) return picture
  const transformer = Transformer.fromRgbaPixels(picture.rgba, picture.width, picture.height)
  const options = { ...size, filter: ResizeFilterType.Triangle, fit: ResizeFit.Fill }
  return { ...size, rgba: await transformer.resize(options).rawPixels() }
}

function toChannels({ rgba }: Opaque, channels: number): Uint8Array<ArrayBuffer> {
  const pixels = rgba.length / 4
  const values = new Uint8Array(pixels * channels)
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++, from += 4, to += channels) {
    const [red, green, blue] = [rgba[from] ?? 0, rgba[from + 1] ?? 0, rgba[from + 2] ?? 0]
    if (channels === 1) {
      values[to] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
    } else {
      values[to] = red
      values[to + 1] = green
      values[to + 2] = blue
    }
  }
  return values
}

interface Size {
  readonly width: number
  readonly height: number
  readonly channels: number
}

function placeOnBorderColour(
  values: Uint8Array<ArrayBuffer>,
  size: Size,
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const { channels } = size
  if (size.width === width && size.height === height) return values
  const colour = borderColour(values, size)
  const placed = new Uint8Array(width * height * channels)
  for (let at = 0; at < placed.length; at++) placed[at] = colour[at % channels] ?? 0
  const [left, top] = [Math.floor((width - size.width) / 2), Math.floor((height - size.height) / 2)]
  const row = size.width * channels
  for (let y = 0; y < size.height; y++) {
    placed.set(values.subarray(y * row, (y + 1) * row), ((y + top) * width + left) * channels)
  }
  return placed
}

/** The median of each channel along the picture's border. */
function borderColour(values: Uint8Array, { width, height, channels }: Size): number[] {
  const last = (height - 1) * width
  return Array.from({ length: channels }, (_, channel) => {
    const counts = new Uint32Array(256)
    const count = (pixel: number) => {
      const value = values[pixel * channels + channel] ?? 0
      counts[value] = (counts[value] ?? 0) + 1
    }
    for (let x = 0; x < width; x++) {
      count(x)
      count(last + x)
    }
    for (let y = 0; y < height; y++) {
      count(y * width)
      count(y * width + width - 1)
    }
    return upperMedian(counts, 2 * (width + height))
  })
}

/** The value in the middle of all that were counted; of an even number the higher of the two. */
function upperMedian(counts: Uint32Array, total: number): number {
  let seen = 0
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value] ?? 0
    if (seen > total / 2) return value
  }
  return 0
}
