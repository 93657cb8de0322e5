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

/** A picture turned and mirrored as an EXIF orientation (1 to 8) says. */
export function turn(pixels: Pixels, orientation: number): Pixels {
  const { width, height, channels, values } = pixels
  const way = ways(width, height)[orientation - 1]
  if (orientation === 1 || !way) return pixels
  const [first, alongX, alongY] = way
  const across = orientation > 4
  const turned = { width: across ? height : width, height: across ? width : height }
  const target = values.slice()
  let at = 0
  for (let y = 0; y < turned.height; y++) {
    let from = (first + y * alongY) * channels
    for (let x = 0; x < turned.width; x++, from += alongX * channels) {
      for (let channel = 0; channel < channels; channel++) target[at++] = values[from + channel] ?? 0
    }
  }
  return { ...pixels, ...turned, values: target }
}

/** Per orientation: the pixel that comes first, and how far the next one lies to the right and below. */
function ways(width: number, height: number): readonly (readonly [number, number, number])[] {
  const last = width * height - 1
  return [
    [0, 1, width],
    [width - 1, -1, width],
    [last, -1, -width],
    [last - width + 1, 1, -width],
    [0, width, 1],
    [last - width + 1, -width, 1],
    [last, -width, -1],
    [width - 1, width, -1],
  ]
}
