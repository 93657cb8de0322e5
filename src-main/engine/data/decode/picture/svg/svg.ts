import { Transformer } from '@napi-rs/image'
import { Refusal, type Note, type Reader } from '../../contract'
import { readAll } from '../../source-file'
import { decodeWith } from '../native'
import { checkSize, firstChannels, isOpaque, pictureOf } from '../pixels'
import { checkCost } from './cost'
import { checkSafety } from './safety'
import { shrink } from './shrink'
import { beginsAsSvg, svgSize } from './size'

/** A drawing larger than this is no drawing any more. */
const mostBytes = 2 ** 20
/** Sides longer than this make the decoder's own picture too large, which is up to twice as large as the drawing. */
const longestSide = 8192

const withText: Note = { code: 'svg-text', params: {}, warns: false }

/** SVG drawings at their own size; RGB where nothing is transparent. Nothing outside of the file is looked at. */
export const svg: Reader = {
  name: 'svg',
  endings: ['svg'],
  recognizes: (head) => beginsAsSvg(Buffer.from(head).toString('utf8')),
  async read(file, { limits }) {
    const text = decodeText(await readAll(file, Math.min(limits.bytes, mostBytes)))
    checkSafety(text)
    checkCost(text)
    const natural = svgSize(text)
    const [width, height] = [pixels(natural.width), pixels(natural.height)]
    checkSize(width, height, limits)
    if (Math.max(width, height) > longestSide) checkSize(width, height, { ...limits, pixels: 0 })
    // The decoder draws small pictures larger, at some multiple of their size.
    const large = await decodeWith(() => Transformer.fromSvg(text))
    const difference = Math.abs(large.width * natural.height - large.height * natural.width)
    if (difference > natural.width + natural.height) throw new Refusal('svg-no-size')
    const picture = large.width === width && large.height === height ? large : shrink(large, width, height)
    const notes = /<([\w-]+:)?text[\s>]/.test(text) ? [withText] : []
    return pictureOf(isOpaque(picture) ? firstChannels(picture, 3) : picture, 'SVG', notes)
  },
}

function pixels(side: number): number {
  return Math.max(1, Math.round(side))
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('format-not-read', { format: 'SVG (UTF-8 …)' })
  }
}
