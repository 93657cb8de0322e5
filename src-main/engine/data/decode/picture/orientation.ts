import { fieldsOf, type Fields } from '../fields'
import type { Pixels } from './pixels'

const orientationTag = 0x0112

/** How a picture is to be turned by its EXIF block (a small TIFF); 1, as it is, where the block is damaged or silent. */
export function exifOrientation(block: Uint8Array): number {
  const found = firstDirectory(block).get(orientationTag) ?? 1
  return found >= 1 && found <= 8 ? found : 1
}

/** The first number of each entry of a TIFF block's first directory that holds short or long ones; none of a damaged block. */
export function firstDirectory(block: Uint8Array): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  try {
    const order = block[0] === 0x4d ? 'big' : 'little'
    const fields = fieldsOf(block, order)
    const start = fields.u32(4)
    const count = fields.u16(start)
    for (let n = 0; n < count; n++) {
      const at = start + 2 + n * 12
      const value = firstNumber(fields, at)
      if (value !== undefined) found.set(fields.u16(at), value)
    }
  } catch {
    // A damaged block is as good as none: the picture itself is what counts.
  }
  return found
}

function firstNumber(fields: Fields, entry: number): number | undefined {
  const type = fields.u16(entry + 2)
  if (type === 3) return fields.u16(entry + 8)
  return type === 4 ? fields.u32(entry + 8) : undefined
}

/** How a picture of some size is turned: the pixel that comes first, and how far the next one lies to the right and below. */
export interface Way {
  readonly first: number
  readonly alongX: number
  readonly alongY: number
  /** What it gets. */
  readonly width: number
  readonly height: number
}

/** The way of an EXIF orientation (1 to 8); undefined where nothing is to be turned. */
export function wayOf(orientation: number, width: number, height: number): Way | undefined {
  const last = width * height - 1
  const ways = [
    [width - 1, -1, width],
    [last, -1, -width],
    [last - width + 1, 1, -width],
    [0, width, 1],
    [last - width + 1, -width, 1],
    [last, -width, -1],
    [width - 1, width, -1],
  ] as const
  const way = ways[orientation - 2]
  if (!way) return undefined
  const [first, alongX, alongY] = way
  return { first, alongX, alongY, ...(orientation > 4 ? { width: height, height: width } : { width, height }) }
}

/** A picture turned and mirrored as an EXIF orientation (1 to 8) says. */
export function turn(pixels: Pixels, orientation: number): Pixels {
  const { channels, values } = pixels
  const way = wayOf(orientation, pixels.width, pixels.height)
  if (!way) return pixels
  const { first, alongX, alongY, width, height } = way
  const target = values.slice()
  let at = 0
  for (let y = 0; y < height; y++) {
    let from = (first + y * alongY) * channels
    for (let x = 0; x < width; x++, from += alongX * channels) {
      for (let channel = 0; channel < channels; channel++) target[at++] = values[from + channel] ?? 0
    }
  }
  return { ...pixels, width, height, values: target }
}
