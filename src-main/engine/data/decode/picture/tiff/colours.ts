import { Refusal, type Values } from '../../contract'
import type { Pixels } from '../pixels'
import { tags, type Directory } from './directory'
import type { Layout } from './layout'
import { typeOf } from './samples'

const photometric = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, mask: 4, cmyk: 5 } as const
const names: Readonly<Record<number, string>> = { 6: 'YCbCr', 8: 'CIELab', 9: 'ICCLab', 32803: 'CFA', 34892: 'raw' }

/** Samples as a picture: palettes applied, few bits spread to the whole range, inks turned into light. */
export function toPicture(samples: Values, layout: Layout, page: Directory): Pixels {
  const { width, height, samples: channels, bits, colours } = layout
  const pixels: Pixels = { width, height, channels, dtype: typeOf(layout), values: samples }
  switch (colours) {
    case photometric.palette:
      return withPalette(pixels, page.numbers(tags.palette), bits)
    case photometric.cmyk:
      return fromInks(pixels)
    case photometric.whiteIsZero:
      return inverted(spread(pixels, bits), bits)
    case photometric.blackIsZero:
    case photometric.rgb:
    case photometric.mask:
      return spread(withoutPremultiplying(pixels, page), bits)
    default:
      throw new Refusal('format-not-read', { format: `TIFF (${names[colours] ?? colours})` })
  }
}

/** Values of 1 to 7 bits reach from 0 to 255, as in every other format; longer ones stay as they are. */
function spread(pixels: Pixels, bits: number): Pixels {
  if (bits >= 8) return pixels
  const most = 2 ** bits - 1
  return { ...pixels, values: pixels.values.map((value) => Math.round((value * 255) / most)) }
}

/** White where there is 0: what is unsigned is counted from the other end. */
function inverted(pixels: Pixels, bits: number): Pixels {
  const most = pixels.dtype === 'uint8' ? 255 : pixels.dtype === 'uint16' ? 2 ** bits - 1 : undefined
  if (most === undefined) return pixels
  return { ...pixels, values: pixels.values.map((value) => most - value) }
}

/** The palette has all reds, then all greens, then all blues, of 16 bits each. */
function withPalette(pixels: Pixels, palette: readonly number[], bits: number): Pixels {
  const size = 2 ** bits
  if (palette.length < 3 * size) throw new Refusal('damaged', { detail: 'TIFF palette' })
  const { width, height, channels } = pixels
  const values = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const index = pixels.values[pixel * channels] ?? 0
    for (let colour = 0; colour < 3; colour++) values[pixel * 3 + colour] = (palette[colour * size + index] ?? 0) >> 8
  }
  return { ...pixels, channels: 3, dtype: 'uint8', values }
}

function fromInks(pixels: Pixels): Pixels {
  const { width, height, channels, dtype } = pixels
  if (channels < 4 || (dtype !== 'uint8' && dtype !== 'uint16')) {
    throw new Refusal('format-not-read', { format: `TIFF (CMYK, ${channels} × ${dtype})` })
  }
  const most = dtype === 'uint8' ? 255 : 65_535
  const values = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const light = 1 - (pixels.values[pixel * channels + 3] ?? 0) / most
    for (let colour = 0; colour < 3; colour++) {
      const ink = (pixels.values[pixel * channels + colour] ?? 0) / most
      values[pixel * 3 + colour] = Math.round(255 * light * (1 - ink))
    }
  }
  return { ...pixels, channels: 3, dtype: 'uint8', values }
}

/** Colours that were multiplied by their alpha (extra sample 1) are divided by it again. */
function withoutPremultiplying(pixels: Pixels, page: Directory): Pixels {
  const { channels, dtype, values } = pixels
  const isColour = channels === 2 || channels === 4
  if (!isColour || page.number(tags.extraSamples, 0) !== 1 || (dtype !== 'uint8' && dtype !== 'uint16')) return pixels
  const most = dtype === 'uint8' ? 255 : 65_535
  const divided = values.slice()
  for (let at = 0; at < values.length; at += channels) {
    const alpha = values[at + channels - 1] ?? 0
    for (let colour = 0; alpha > 0 && colour < channels - 1; colour++) {
      divided[at + colour] = Math.min(most, Math.round(((values[at + colour] ?? 0) * most) / alpha))
    }
  }
  return { ...pixels, values: divided }
}
