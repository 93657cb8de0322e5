import { Refusal } from '../../contract'
import { decodeNatively } from '../native'
import { firstChannels, type Pixels } from '../pixels'
import { chunksOf, u24, webpFile, type Chunk } from './chunks'

interface Canvas {
  readonly width: number
  readonly height: number
  readonly transparent: boolean
}

/** Where a frame lies on the canvas, how it is laid there, and whether its place is emptied after it. */
interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly blends: boolean
  readonly clears: boolean
  readonly file: Uint8Array
}

/** The canvas after each of the frames, which begin with the animation's first. */
export async function readFrames(chunks: readonly Chunk[], canvas: Canvas): Promise<Pixels[]> {
  const { width, height, transparent } = canvas
  const shown = new Uint8Array(width * height * 4)
  const pictures: Pixels[] = []
  for (const { body } of chunks) {
    const frame = readFrame(body, canvas)
    const pixels = await decodeNatively(frame.file)
    if (pixels.width !== frame.width || pixels.height !== frame.height || pixels.dtype !== 'uint8') {
      throw new Refusal('damaged', { detail: `${pixels.width} × ${pixels.height}` })
    }
    lay(pixels, frame, shown, width)
    const picture: Pixels = { width, height, channels: 4, dtype: 'uint8', values: shown.slice() }
    pictures.push(transparent ? picture : firstChannels(picture, 3))
    if (frame.clears) clear(frame, shown, width)
  }
  return pictures
}

function readFrame(body: Uint8Array, canvas: Canvas): Frame {
  const [width, height] = [u24(body, 6) + 1, u24(body, 9) + 1]
  const [x, y] = [u24(body, 0) * 2, u24(body, 3) * 2]
  if (x + width > canvas.width || y + height > canvas.height) {
    throw new Refusal('damaged', { detail: `${width} × ${height} (${x}, ${y})` })
  }
  const flags = body[15] ?? 0
  const inside = chunksOf(body, 16).filter(({ kind }) => ['ALPH', 'VP8 ', 'VP8L'].includes(kind))
  return {
    x,
    y,
    width,
    height,
    blends: (flags & 2) === 0,
    clears: (flags & 1) !== 0,
    file: still(inside, width, height),
  }
}

/** A frame's data as a file of its own: lossy pictures carry their transparency in a chunk beside them. */
function still(chunks: readonly Chunk[], width: number, height: number): Uint8Array {
  if (!chunks.some(({ kind }) => kind === 'ALPH')) return webpFile(chunks)
  const header = new Uint8Array(10)
  header[0] = 0x10
  for (let n = 0; n < 3; n++) {
    header[4 + n] = ((width - 1) >>> (8 * n)) & 0xff
    header[7 + n] = ((height - 1) >>> (8 * n)) & 0xff
  }
  return webpFile([{ kind: 'VP8X', body: header }, ...chunks])
}

function lay({ values, channels }: Pixels, frame: Frame, shown: Uint8Array, stride: number): void {
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const from = (y * frame.width + x) * channels
      const to = ((frame.y + y) * stride + frame.x + x) * 4
      const alpha = channels === 4 ? (values[from + 3] ?? 0) : 255
      const below = frame.blends ? ((shown[to + 3] ?? 0) * (255 - alpha)) / 255 : 0
      const total = alpha + below
      for (let colour = 0; colour < 3; colour++) {
        const own = values[from + colour] ?? 0
        const mixed = (own * alpha + (shown[to + colour] ?? 0) * below) / total
        // Where nothing shows through, the frame's own colour stays, as the file has it.
        shown[to + colour] = below === 0 ? own : Math.round(mixed)
      }
      shown[to + 3] = Math.round(total)
    }
  }
}

function clear(frame: Frame, shown: Uint8Array, stride: number): void {
  for (let y = frame.y; y < frame.y + frame.height; y++) {
    shown.fill(0, (y * stride + frame.x) * 4, (y * stride + frame.x + frame.width) * 4)
  }
}
