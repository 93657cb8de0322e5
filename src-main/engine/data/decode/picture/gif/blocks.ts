import { Refusal } from '../../contract'
import { fieldsOf, type Fields } from '../../fields'

/** A frame as the file has it (GIF89a specification): where it lies on the screen, its colours, and its packed indices. */
export interface GifFrame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly interlaced: boolean
  /** Red, green and blue of each colour, one after another. */
  readonly palette: Uint8Array
  readonly transparent: number | undefined
  /** What is done with the frame's place after it was shown: 2 empties it, 3 brings back what was there. */
  readonly disposal: number
  readonly codeBits: number
  readonly data: Uint8Array
}

export interface Gif {
  readonly width: number
  readonly height: number
  readonly frames: readonly GifFrame[]
}

interface Control {
  readonly disposal: number
  readonly transparent: number | undefined
}

const block = { extension: 0x21, frame: 0x2c, end: 0x3b, control: 0xf9 } as const
const plain: Control = { disposal: 0, transparent: undefined }

type CheckSize = (width: number, height: number) => void

/** Reads all but the pixels; `check` is told each frame's size before its data is looked for. */
export function readGif(bytes: Uint8Array, check: CheckSize): Gif {
  const fields = fieldsOf(bytes, 'little')
  const flags = fields.u8(10)
  let at = 13
  const common = readPalette(fields, at, flags)
  at += common.length
  let control = plain
  const frames: GifFrame[] = []
  for (;;) {
    // Many programs forget the end mark; what matters is whether a frame is whole.
    if (at >= bytes.length && frames.length > 0) break
    const kind = fields.u8(at)
    if (kind === block.end) break
    if (kind === block.extension) {
      if (fields.u8(at + 1) === block.control && fields.u8(at + 2) >= 4) control = readControl(fields, at + 3)
      at = afterSubBlocks(fields, at + 2)
    } else if (kind === block.frame) {
      const [frame, next] = readFrame(fields, at + 1, { palette: common, control, check })
      frames.push(frame)
      control = plain
      at = next
    } else throw new Refusal('damaged', { detail: `0x${kind.toString(16)}` })
  }
  const [first] = frames
  if (!first) throw new Refusal('no-picture-in-it')
  // A screen without a size is as large as its first frame.
  return { width: fields.u16(6) || first.width, height: fields.u16(8) || first.height, frames }
}

function readControl(fields: Fields, at: number): Control {
  const flags = fields.u8(at)
  return { disposal: (flags >> 2) & 7, transparent: (flags & 1) !== 0 ? fields.u8(at + 3) : undefined }
}

interface Around {
  readonly palette: Uint8Array
  readonly control: Control
  readonly check: CheckSize
}

function readFrame(fields: Fields, at: number, { palette: common, control, check }: Around): [GifFrame, number] {
  const size = { x: fields.u16(at), y: fields.u16(at + 2), width: fields.u16(at + 4), height: fields.u16(at + 6) }
  check(size.width, size.height)
  const flags = fields.u8(at + 8)
  const own = readPalette(fields, at + 9, flags)
  const data = at + 9 + own.length
  const end = afterSubBlocks(fields, data + 1)
  const palette = own.length > 0 ? own : common
  const interlaced = (flags & 0x40) !== 0
  const packed = joinSubBlocks(fields, data + 1)
  return [{ ...size, ...control, interlaced, palette, codeBits: fields.u8(data), data: packed }, end]
}

function readPalette(fields: Fields, at: number, flags: number): Uint8Array {
  return (flags & 0x80) !== 0 ? fields.bytes(at, 3 * 2 ** ((flags & 7) + 1)) : new Uint8Array()
}

function afterSubBlocks(fields: Fields, from: number): number {
  let at = from
  for (let length = fields.u8(at); length > 0; length = fields.u8(at)) at += length + 1
  return at + 1
}

function joinSubBlocks(fields: Fields, from: number): Uint8Array {
  const parts: Uint8Array[] = []
  let at = from
  for (let length = fields.u8(at); length > 0; length = fields.u8(at)) {
    parts.push(fields.bytes(at + 1, length))
    at += length + 1
  }
  return Buffer.concat(parts)
}
