import { JsColorType, ResizeFilterType, ResizeFit, Transformer } from '@napi-rs/image'
import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'

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

/**
 * A picture as one sample of the preprocessing's shape, values 0 to 255: decoded, turned as its EXIF tag says, laid on
 * white where it is transparent, scaled to fit with its proportions kept (a stretched digit is another digit), filled up
 * at the sides with the colour that most of its border has, brought to grey (ITU-R BT.601 luma) or RGB, inverted on
 * request.
 */
export async function readPicture(picture: PictureFile, { shape }: Preprocessing): Promise<Uint8Array<ArrayBuffer>> {
  const [height = 1, width = 1, channels = 1] = shape
  const opaque = await decode(picture)
  const fitted = await fit(opaque, width, height)
  const values = toChannels(fitted, channels)
  const sample = placeOnBorderColour(values, { ...fitted, channels }, width, height)
  return picture.invert ? sample.map((value) => 255 - value) : sample
}

/** An opaque picture, four bytes a pixel. */
interface Opaque {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

async function decode({ name, bytes }: PictureFile): Promise<Opaque> {
  if (bytes.length === 0) throw new AppError('picture-empty', { name })
  if (isCutJpeg(bytes)) throw new AppError('picture-truncated', { name })
  try {
    const transformer = new Transformer(bytes)
    const { width, height, orientation = 1 } = await transformer.metadata(true)
    if (width * height > megapixels * 1e6) throw new AppError('picture-too-many-pixels', { name, limit: megapixels })
    const raw = await transformer.rotate().rawPixels()
    const { colorType } = await transformer.metadata()
    const turned = orientation > 4
    const size = { width: turned ? height : width, height: turned ? width : height }
    return { ...size, rgba: onWhite(components(raw, colorType), width * height) }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const detail = cause instanceof Error ? cause.message : String(cause)
    // The decoder has a limit of its own, so that a forged header cannot exhaust memory.
    const tooLarge = /memory limit/i.test(detail)
    if (tooLarge) throw new AppError('picture-too-many-pixels', { name, limit: megapixels }, { cause })
    throw new AppError('picture-unreadable', { name, detail }, { cause })
  }
}

/** Whether a JPEG's picture data has no end: decoders fill such a picture up with grey without a word. */
function isCutJpeg(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return false
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const scan = data.lastIndexOf(Buffer.from([0xff, 0xda]))
  return scan >= 0 && data.indexOf(Buffer.from([0xff, 0xd9]), scan) < 0
}

/** Values from 0 to 255 with how many there are to a pixel. */
interface Components {
  readonly values: ArrayLike<number>
  readonly perPixel: number
  readonly toByte: (value: number) => number
}

function components(raw: Uint8Array, colorType: JsColorType): Components {
  const copy = Uint8Array.from(raw)
  const bytes = (perPixel: number) => ({ values: copy, perPixel, toByte: (value: number) => value })
  const words = (perPixel: number) => ({
    values: new Uint16Array(copy.buffer),
    perPixel,
    toByte: (value: number) => value / 257,
  })
  const floats = (perPixel: number) => ({
    values: new Float32Array(copy.buffer),
    perPixel,
    toByte: (value: number) => Math.min(Math.max(value, 0), 1) * 255,
  })
  switch (colorType) {
    case JsColorType.L8:
      return bytes(1)
    case JsColorType.La8:
      return bytes(2)
    case JsColorType.Rgb8:
      return bytes(3)
    case JsColorType.Rgba8:
      return bytes(4)
    case JsColorType.L16:
      return words(1)
    case JsColorType.La16:
      return words(2)
    case JsColorType.Rgb16:
      return words(3)
    case JsColorType.Rgba16:
      return words(4)
    case JsColorType.Rgb32F:
      return floats(3)
    case JsColorType.Rgba32F:
      return floats(4)
  }
}

function onWhite({ values, perPixel, toByte }: Components, pixels: number): Uint8Array {
  const rgba = new Uint8Array(pixels * 4)
  const colours = perPixel >= 3 ? 3 : 1
  const value = (pixel: number, component: number) => toByte(values[pixel * perPixel + component] ?? 0)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = perPixel > colours ? value(pixel, colours) / 255 : 1
    for (let colour = 0; colour < 3; colour++) {
      const own = value(pixel, colours === 3 ? colour : 0)
      rgba[pixel * 4 + colour] = Math.round(own * alpha + 255 * (1 - alpha))
    }
    rgba[pixel * 4 + 3] = 255
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

function toChannels({ rgba }: Opaque, channels: number): Uint8Array {
  const pixels = rgba.length / 4
  const values = new Uint8Array(pixels * channels)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(pixel * 4, pixel * 4 + 3)
    if (channels === 1) values[pixel] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
    else values.set([red, green, blue], pixel * channels)
  }
  return values
}

interface Size {
  readonly width: number
  readonly height: number
  readonly channels: number
}

function placeOnBorderColour(values: Uint8Array, size: Size, width: number, height: number): Uint8Array<ArrayBuffer> {
  const { channels } = size
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
  return Array.from({ length: channels }, (_, channel) => {
    const at = (x: number, y: number) => values[(y * width + x) * channels + channel] ?? 0
    const border: number[] = []
    for (let x = 0; x < width; x++) border.push(at(x, 0), at(x, height - 1))
    for (let y = 0; y < height; y++) border.push(at(0, y), at(width - 1, y))
    border.sort((one, other) => one - other)
    return border[Math.floor(border.length / 2)] ?? 0
  })
}
