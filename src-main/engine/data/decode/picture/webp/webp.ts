import { Refusal, type Reader } from '../../contract'
import { fieldsOf } from '../../fields'
import { readAll } from '../../source-file'
import { starts } from '../../unreadable'
import { decodeNatively } from '../native'
import { exifOrientation, turn } from '../orientation'
import { checkSize, frameNotes, pictureOf, volumeOf } from '../pixels'
import { readFrames } from './animation'
import { chunksOf, u24, type Chunk } from './chunks'

/** WebP, lossy and lossless; of an animated one the first frame, or all as a volume. */
export const webp: Reader = {
  name: 'webp',
  endings: ['webp'],
  recognizes: (head) => starts(0, 'RIFF')(head) && starts(8, 'WEBP')(head),
  async read(file, { limits, frames }) {
    // What the file says of its size is checked before it is read as a whole: the first chunk has it.
    const head = await file.read(0, 64)
    const size = readSize(head.subarray(12))
    checkSize(size.width, size.height, limits)
    const bytes = await readAll(file, limits.bytes)
    const chunks = chunksOf(bytes, 12)
    const moving = chunks.filter(({ kind }) => kind === 'ANMF')
    const orientation = orientationOf(chunks)
    if (moving.length === 0) return pictureOf(turn(await decodeNatively(bytes), orientation), 'WebP')
    const taken = frames === 'all' ? moving : moving.slice(0, 1)
    checkSize(size.width, size.height, limits, taken.length)
    const pictures = await readFrames(taken, { ...size, transparent: isTransparent(chunks) })
    if (frames === 'all') return volumeOf(pictures, 'WebP')
    const [first] = pictures
    if (!first) throw new Refusal('no-picture-in-it')
    return pictureOf(turn(first, orientation), 'WebP', frameNotes(moving.length))
  },
}

/** Width and height by the first chunk, which has four letters and a length before its content. */
function readSize(chunk: Uint8Array): { width: number; height: number } {
  const fields = fieldsOf(chunk, 'little')
  const kind = fields.text(0, 4)
  if (kind === 'VP8X') return { width: u24(chunk, 12) + 1, height: u24(chunk, 15) + 1 }
  if (kind === 'VP8 ') return { width: fields.u16(14) & 0x3fff, height: fields.u16(16) & 0x3fff }
  if (kind !== 'VP8L') throw new Refusal('damaged', { detail: kind })
  const bits = fields.u32(9)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

function isTransparent(chunks: readonly Chunk[]): boolean {
  const flags = chunks.find(({ kind }) => kind === 'VP8X')?.body[0] ?? 0
  return (flags & 0x10) !== 0
}

function orientationOf(chunks: readonly Chunk[]): number {
  const block = chunks.find(({ kind }) => kind === 'EXIF')?.body
  if (!block) return 1
  // Some programs put JPEG's own mark before it.
  return exifOrientation(starts(0, 'Exif\0\0')(block) ? block.subarray(6) : block)
}
