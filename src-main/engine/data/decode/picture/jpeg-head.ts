import { Refusal } from '../contract'
import { fieldsOf } from '../fields'
import { exifOrientation, firstDirectory } from './orientation'

/** What a JPEG says of itself before and around its picture (ITU-T T.81, annex B). */
export interface JpegHead {
  readonly width: number
  readonly height: number
  readonly bits: number
  /** 1 grey, 3 colour, 4 inks. */
  readonly components: number
  /** The kind of coding: 0 and 1 sequential, 2 progressive; others are rare and not read. */
  readonly process: number
  readonly orientation: number
  /** Pictures in the file, as stereo cameras write them. */
  readonly pictures: number
  /** Whether the picture's own end is there; without it decoders fill up with grey and say nothing. */
  readonly complete: boolean
}

const marker = { start: 0xd8, end: 0xd9, scan: 0xda, exif: 0xe1, several: 0xe2 } as const
const pictureCountTag = 0xb001

/** Walks through the segments of a file's first picture. */
export function readJpegHead(bytes: Uint8Array): JpegHead {
  const fields = fieldsOf(bytes, 'big')
  let frame: Pick<JpegHead, 'width' | 'height' | 'bits' | 'components' | 'process'> | undefined
  let orientation = 1
  let pictures = 1
  let complete = false
  for (let at = nextMarker(bytes, 2); at >= 0;) {
    const code = bytes[at + 1] ?? 0
    if (code === marker.end) {
      complete = true
      break
    }
    if (isAlone(code)) {
      at = nextMarker(bytes, at + 2)
      continue
    }
    if (at + 4 > bytes.length) break
    const length = fields.u16(at + 2)
    const body = bytes.subarray(at + 4, at + 2 + length)
    if (isFrame(code) && !frame && body.length >= 6) {
      const [bits = 0, , , , , components = 0] = body
      frame = { bits, height: fields.u16(at + 5), width: fields.u16(at + 7), components, process: code - 0xc0 }
    }
    if (code === marker.exif && begins(body, 'Exif\0\0')) orientation = exifOrientation(body.subarray(6))
    if (code === marker.several && begins(body, 'MPF\0')) {
      pictures = Math.max(1, firstDirectory(body.subarray(4)).get(pictureCountTag) ?? 1)
    }
    at = nextMarker(bytes, at + 2 + Math.max(length, 2))
  }
  if (!frame) throw new Refusal(complete ? 'no-picture-in-it' : 'truncated')
  return { ...frame, orientation, pictures, complete }
}

/** The position of the next marker; those that only restart a scan, and stuffed bytes, are part of its data. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1]
    if (code === undefined) return -1
    if (code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return at
  }
  return -1
}

function isAlone(code: number): boolean {
  return code === 0x01 || code === marker.start
}

/** SOF0 to SOF15, without the three codes between them that mean something else. */
function isFrame(code: number): boolean {
  return code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc
}

function begins(body: Uint8Array, text: string): boolean {
  return body.length >= text.length && [...text].every((letter, n) => body[n] === letter.charCodeAt(0))
}
