import { FastResizeFilter, ResizeFit, Transformer } from '@napi-rs/image'
import type { ResizeMode } from '@shared/data/preprocessing'
import type { DecodedValues, ValueType } from './decode/contract'

/** How sizes are changed, whatever the picture comes from. */
export const triangle = { filter: FastResizeFilter.Bilinear, fit: ResizeFit.Fill }

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
  const components = { values, perPixel, toByte: toByte(decoded.dtype) }
  const whole = { width: columns, height: rows, rgba: onWhite(components, columns * rows) }
  const cut = cutFor(whole, width, height, resize)
  return sampleOf(resized(cutOut(whole, cut), sizeFor(cut, width, height, resize)), [height, width, channels])
}

/** A picture that has been brought to its size, in the middle of a sample of a shape. */
export function sampleOf(
  picture: Opaque,
  [rows = 1, columns = 1, channels = 1]: readonly number[],
): Uint8Array<ArrayBuffer> {
  const { width, height } = picture
  const place = { left: Math.floor((columns - width) / 2), top: Math.floor((rows - height) / 2), width, height }
  const values = new Uint8Array(rows * columns * channels)
  write(picture, values, place, columns, channels)
  if (width < columns || height < rows) fillAround(values, place, columns, channels)
  return values
}

/** A part of a picture, or where a picture lies in a sample. */
export interface Place {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What of a picture becomes a sample of a size: all of it, or the largest part in the middle of the size's proportions. */
export function cutFor(
  picture: { readonly width: number; readonly height: number },
  width: number,
  height: number,
  mode: ResizeMode,
): Place {
  if (mode !== 'fill') return { left: 0, top: 0, width: picture.width, height: picture.height }
  const within = (length: number, most: number) => Math.max(1, Math.min(most, Math.floor(length)))
  const cut = {
    width: within((picture.height * width) / height, picture.width),
    height: within((picture.width * height) / width, picture.height),
  }
  const [left, top] = [Math.floor((picture.width - cut.width) / 2), Math.floor((picture.height - cut.height) / 2)]
  return { left, top, ...cut }
}

/** The size that a part of a picture gets: the sample's, or the largest within it that keeps the part's proportions. */
export function sizeFor(
  cut: Place,
  width: number,
  height: number,
  mode: ResizeMode,
): { width: number; height: number } {
  if (mode !== 'fit') return { width, height }
  const scale = Math.min(width / cut.width, height / cut.height)
  return {
    width: Math.min(width, Math.max(1, Math.round(cut.width * scale))),
    height: Math.min(height, Math.max(1, Math.round(cut.height * scale))),
  }
}

/** An opaque picture, four bytes a pixel. */
export interface Opaque {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
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

function cutOut(picture: Opaque, { left, top, width, height }: Place): Opaque {
  if (width === picture.width && height === picture.height) return picture
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    const from = ((y + top) * picture.width + left) * 4
    rgba.set(picture.rgba.subarray(from, from + width * 4), y * width * 4)
  }
  return { width, height, rgba }
}

function resized(picture: Opaque, size: { width: number; height: number }): Opaque {
  if (size.width === picture.width && size.height === picture.height) return picture
  const transformer = Transformer.fromRgbaPixels(picture.rgba, picture.width, picture.height)
  return { ...size, rgba: transformer.fastResize({ ...size, ...triangle }).rawPixelsSync() }
}

/** Writes a picture's grey values or colours to its place in a sample with rows of `columns` pixels. */
function write(
  { rgba }: Opaque,
  values: Uint8Array,
  { left, top, width, height }: Place,
  columns: number,
  channels: number,
) {
  let from = 0
  for (let y = 0; y < height; y++) {
    let to = ((top + y) * columns + left) * channels
    for (let x = 0; x < width; x++, from += 4, to += channels) {
      const red = rgba[from] ?? 0
      const green = rgba[from + 1] ?? 0
      const blue = rgba[from + 2] ?? 0
      if (channels === 1) {
        values[to] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
      } else {
        values[to] = red
        values[to + 1] = green
        values[to + 2] = blue
      }
    }
  }
}

/** Gives everything around a picture in a sample the colour that most of the picture's border has. */
function fillAround(values: Uint8Array, place: Place, columns: number, channels: number): void {
  const row = new Uint8Array(columns * channels)
  for (let channel = 0; channel < channels; channel++) {
    const colour = borderValue(values, place, columns, channels, channel)
    for (let at = channel; at < row.length; at += channels) row[at] = colour
  }
  const [left, right] = [place.left * channels, (place.left + place.width) * channels]
  for (let at = 0, y = 0; at < values.length; at += row.length, y++) {
    if (y < place.top || y >= place.top + place.height) {
      values.set(row, at)
      continue
    }
    // What is left and right of a picture is mostly so narrow that a call would take longer.
    for (let n = 0; n < left; n++) values[at + n] = row[n] ?? 0
    for (let n = right; n < row.length; n++) values[at + n] = row[n] ?? 0
  }
}

/** The median of a channel along a picture's border. */
function borderValue(values: Uint8Array, place: Place, columns: number, channels: number, channel: number): number {
  const { left, top, width, height } = place
  const first = (top * columns + left) * channels + channel
  const row = columns * channels
  const counts = new Uint32Array(256)
  countAlong(values, counts, first, channels, width)
  countAlong(values, counts, first + (height - 1) * row, channels, width)
  countAlong(values, counts, first, row, height)
  countAlong(values, counts, first + (width - 1) * channels, row, height)
  return upperMedian(counts, 2 * (width + height))
}

/** Counts `length` values, `step` apart. */
function countAlong(values: Uint8Array, counts: Uint32Array, from: number, step: number, length: number): void {
  for (let n = 0, at = from; n < length; n++, at += step) {
    const value = values[at] ?? 0
    counts[value] = (counts[value] ?? 0) + 1
  }
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
