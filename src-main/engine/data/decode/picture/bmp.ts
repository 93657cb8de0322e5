import { Refusal, type Reader } from '../contract'
import { fieldsOf, type Fields } from '../fields'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import { decodeNatively } from './native'
import { checkSize, firstChannels, pictureOf, type Pixels } from './pixels'

/** Windows and OS/2 bitmaps, packed or not. One whose palette holds nothing but greys has one channel. */
export const bmp: Reader = {
  name: 'bmp',
  endings: ['bmp', 'dib'],
  recognizes: (head) => starts(0, 'BM')(head) && headerSizes.includes(head[14] ?? 0),
  async read(file, { limits }) {
    const { width, height } = readSize(fieldsOf(await file.read(0, 30), 'little'))
    checkSize(width, height, limits)
    const bytes = await readAll(file, limits.bytes)
    const fields = fieldsOf(bytes, 'little')
    const pixels = roundedDown(await decodeNatively(bytes), fields)
    return pictureOf(hasGreyPalette(fields) ? firstChannels(pixels, 1) : pixels, 'BMP')
  },
}

const headerSizes = [12, 16, 40, 52, 56, 64, 108, 124]
const shortHeader = 12

function readSize(fields: Fields): { width: number; height: number } {
  if (fields.u32(14) === shortHeader) return { width: fields.u16(18), height: fields.u16(20) }
  const [width, height] = [fields.i32(18), fields.i32(22)]
  if (width < 0) throw new Refusal('no-pixels', { width, height })
  // A negative height means that the first row comes first.
  return { width, height: Math.abs(height) }
}

function hasGreyPalette(fields: Fields): boolean {
  const header = fields.u32(14)
  const isShort = header === shortHeader
  const bits = fields.u16(isShort ? 24 : 28)
  if (bits > 8) return false
  const used = isShort || header < 36 ? 0 : fields.u32(46)
  const entry = isShort ? 3 : 4
  const room = Math.floor((fields.u32(10) - 14 - header) / entry)
  const count = Math.min(used === 0 ? 2 ** bits : used, 2 ** bits, room)
  for (let n = 0; n < count; n++) {
    const at = 14 + header + n * entry
    if (fields.u8(at) !== fields.u8(at + 1) || fields.u8(at) !== fields.u8(at + 2)) return false
  }
  return count > 0
}

/**
 * Colours of 5 and 6 bits are spread to 8 by rounding down, as most programs do (the decoder rounds to the nearest, and
 * a network should not depend on who has read a file).
 */
function roundedDown(pixels: Pixels, fields: Fields): Pixels {
  const header = fields.u32(14)
  if (header < 40 || fields.u16(28) !== 16) return pixels
  const hasMasks = fields.u32(30) === 3
  const bits = [0, 1, 2].map((colour) => (hasMasks ? bitsIn(fields.u32(54 + 4 * colour)) : 5))
  const values = pixels.values.map((value, at) => {
    const most = 2 ** (bits[at % pixels.channels] ?? 8) - 1
    return Math.floor((Math.round((value * most) / 255) * 255) / most)
  })
  return { ...pixels, values }
}

function bitsIn(mask: number): number {
  let bits = 0
  for (let rest = mask; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
  return bits
}
