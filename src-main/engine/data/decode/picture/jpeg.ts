import { Refusal, type Limits, type Note, type Reader } from '../contract'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import { readJpegHead, type JpegHead } from './jpeg-head'
import { decodeNatively } from './native'
import { turn } from './orientation'
import { checkSize, frameNotes, pictureOf, type Pixels } from './pixels'
import { decodeQuickly } from './quick-jpeg'
import { decodeWithTurbo } from './turbo'

const unread: Readonly<Record<number, string>> = { 3: 'JPEG (lossless)', 5: 'JPEG (hierarchical)' }

const damaged: Note = { code: 'damaged-in-places', params: {}, warns: true }

/** JPEG, sequential and progressive; CMYK and YCCK become RGB without a profile. The first picture of several. */
export const jpeg: Reader = {
  name: 'jpeg',
  endings: ['jpg', 'jpeg', 'jpe', 'jfif', 'mpo'],
  recognizes: starts(0, '\xff\xd8\xff'),
  async read(file, { limits }) {
    const bytes = await readAll(file, limits.bytes)
    const head = readJpegHead(bytes)
    checkSize(head.width, head.height, limits)
    if (head.process > 2) {
      throw new Refusal('format-not-read', { format: unread[head.process] ?? 'JPEG (arithmetic)' })
    }
    if (head.bits !== 8) throw new Refusal('format-not-read', { format: `JPEG (${head.bits} bit)` })
    if (!head.complete) throw new Refusal('truncated')
    const { pixels, whole } = await decode(bytes, head, limits)
    const notes = [...frameNotes(head.pictures), ...(whole ? [] : [damaged])]
    return pictureOf(turn(pixels, head.orientation), 'JPEG', notes)
  },
}

/**
 * Most files by our own decoder. Others by the native one, which says nothing where data is no code and leaves the rest of
 * the picture grey: then libjpeg-turbo decodes it again, which finds its way back at the next restart mark and tells of
 * damage.
 */
async function decode(
  bytes: Uint8Array,
  head: JpegHead,
  { pixels: most }: Limits,
): Promise<{ pixels: Pixels; whole: boolean }> {
  const quick = decodeQuickly(bytes, most)
  if (quick) return { pixels: quick, whole: true }
  const pixels = await decodeNatively(bytes)
  // Inks are read by the native one only.
  return head.components <= 3 && endsGrey(pixels) ? decodeWithTurbo(bytes) : { pixels, whole: true }
}

/** Whether the last block is all of the grey that stands for nothing. */
function endsGrey({ values, width, height, channels }: Omit<Pixels, 'dtype'>): boolean {
  for (let y = Math.max(0, height - 8); y < height; y++) {
    for (let at = (y * width + Math.max(0, width - 8)) * channels; at < (y + 1) * width * channels; at++) {
      if (values[at] !== 128) return false
    }
  }
  return true
}
