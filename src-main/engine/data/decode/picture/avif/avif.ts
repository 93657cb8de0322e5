import type { Reader } from '../../contract'
import { readAll } from '../../source-file'
import { decodeNatively } from '../native'
import { turn } from '../orientation'
import { checkSize, firstChannels, pictureOf, type Pixels } from '../pixels'
import { readAvifHead, type AvifHead } from './properties'

/** AVIF, upright; of a moving one its still picture. */
export const avif: Reader = {
  name: 'avif',
  endings: ['avif', 'avifs'],
  recognizes(head) {
    const text = Buffer.from(head.subarray(4, 64)).toString('latin1')
    return /^ftyp(avif|avis|(mif1|msf1|miaf)[\0-\xff]*avi[fs])/.test(text)
  },
  async read(file, { limits }) {
    const bytes = await readAll(file, limits.bytes)
    const head = readAvifHead(bytes)
    checkSize(head.width, head.height, limits)
    return pictureOf(upright(withoutEmptyChannels(await decodeNatively(bytes), head), head), 'AVIF')
  },
}

/** The decoder gives four channels whatever there is. */
function withoutEmptyChannels(pixels: Pixels, { grey, transparent }: AvifHead): Pixels {
  if (transparent || pixels.channels < 3) return pixels
  return firstChannels(pixels, grey ? 1 : 3)
}

/** Per quarter turn against the clock the EXIF orientation that does the same. */
const orientations = [1, 8, 3, 6]

function upright(pixels: Pixels, { width, height, quarters, mirror }: AvifHead): Pixels {
  // Where the decoder has turned it already, a quarter turn shows in the size.
  const isTurned = quarters % 2 === 1 && width !== height && pixels.width === height
  const turned = isTurned ? pixels : turn(pixels, orientations[quarters] ?? 1)
  if (mirror === undefined) return turned
  return turn(turned, mirror === 'rows' ? 4 : 2)
}
