import { Refusal, type Note, type Reader } from '../contract'
import { fieldsOf } from '../fields'
import { readAll } from '../source-file'
import { starts } from '../unreadable'
import { decodeNatively } from './native'
import { exifOrientation, turn } from './orientation'
import { checkSize, frameNotes, pictureOf, toBytes } from './pixels'

const reduced: Note = { code: 'reduced-to-bytes', params: {}, warns: false }

/**
 * PNG of every depth and colour type, palette and transparency applied, gamma not. Grey with 16 bits keeps them; colour
 * with 16 bits is brought to 8. Of an animated one the picture that other programs show.
 */
export const png: Reader = {
  name: 'png',
  endings: ['png', 'apng'],
  recognizes: starts(0, '\x89PNG\r\n\x1a\n'),
  async read(file, { limits }) {
    const { width, height } = readSize(await file.read(0, 24))
    checkSize(width, height, limits)
    const bytes = await readAll(file, limits.bytes)
    const { orientation, frames } = readChunks(bytes)
    const pixels = turn(await decodeNatively(bytes), orientation)
    const notes = frameNotes(frames)
    const isWideColour = pixels.dtype === 'uint16' && pixels.channels > 2
    return isWideColour ? pictureOf(toBytes(pixels), 'PNG', [...notes, reduced]) : pictureOf(pixels, 'PNG', notes)
  },
}

function readSize(head: Uint8Array): { width: number; height: number } {
  const fields = fieldsOf(head, 'big')
  if (fields.text(12, 4) !== 'IHDR') throw new Refusal('damaged', { detail: 'IHDR' })
  return { width: fields.u32(16), height: fields.u32(20) }
}

/** What chunks beside the picture say. A damaged end is the decoder's to find. */
function readChunks(bytes: Uint8Array): { orientation: number; frames: number } {
  const fields = fieldsOf(bytes, 'big')
  const found = { orientation: 1, frames: 1 }
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = fields.u32(at)
    const kind = fields.text(at + 4, 4)
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (kind === 'eXIf') found.orientation = exifOrientation(body)
    if (kind === 'acTL' && body.length >= 4) found.frames = fields.u32(at + 8)
    if (kind === 'IEND') break
    at += 12 + length
  }
  return found
}
