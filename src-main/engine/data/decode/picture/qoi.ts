import { Refusal, type Reader } from '../contract'
import { fieldsOf } from '../fields'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import { checkSize, firstChannels, pictureOf } from './pixels'

const headerLength = 14
const endLength = 8

/** The “quite OK” format (https://qoiformat.org/qoi-specification.pdf). */
export const qoi: Reader = {
  name: 'qoi',
  endings: ['qoi'],
  recognizes: starts(0, 'qoif'),
  async read(file, { limits }) {
    const head = fieldsOf(await file.read(0, headerLength), 'big')
    const [width, height, channels] = [head.u32(4), head.u32(8), head.u8(12)]
    checkSize(width, height, limits)
    if (channels !== 3 && channels !== 4) throw new Refusal('damaged', { detail: `${channels}` })
    const bytes = await readAll(file, limits.bytes)
    const values = unpack(bytes.subarray(headerLength, bytes.length - endLength), width * height)
    const pixels = { width, height, channels: 4, dtype: 'uint8', values } as const
    return pictureOf(channels === 3 ? firstChannels(pixels, 3) : pixels, 'QOI')
  },
}

/** RGBA pixels, each told by what differs from the one before or from one of the last 64. */
function unpack(data: Uint8Array, count: number): Uint8Array {
  const target = new Uint8Array(count * 4)
  const seen = new Uint8Array(64 * 4)
  let [red, green, blue, alpha] = [0, 0, 0, 255]
  let at = 0
  const byte = () => {
    const value = data[at++]
    if (value === undefined) throw new Refusal('truncated')
    return value
  }
  for (let pixel = 0, run = 0; pixel < count; pixel++) {
    if (run > 0) run--
    else {
      const tag = byte()
      const low = tag & 0x3f
      if (tag >= 0xfe) {
        ;[red, green, blue] = [byte(), byte(), byte()]
        if (tag === 0xff) alpha = byte()
      } else if (tag >= 0xc0) run = low
      else if (tag >= 0x80) {
        const differences = byte()
        green += low - 32
        red += low - 32 + (differences >> 4) - 8
        blue += low - 32 + (differences & 15) - 8
      } else if (tag >= 0x40) {
        red += (low >> 4) - 2
        green += ((low >> 2) & 3) - 2
        blue += (low & 3) - 2
      } else [red = 0, green = 0, blue = 0, alpha = 0] = seen.subarray(low * 4, low * 4 + 4)
      ;[red, green, blue] = [red & 0xff, green & 0xff, blue & 0xff]
      seen.set([red, green, blue, alpha], ((red * 3 + green * 5 + blue * 7 + alpha * 11) % 64) * 4)
    }
    target.set([red, green, blue, alpha], pixel * 4)
  }
  return target
}
