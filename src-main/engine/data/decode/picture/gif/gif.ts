import { Refusal, type Reader } from '../../contract'
import { readAll } from '../../source-file'
import { starts } from '../../unreadable'
import { checkSize, firstChannels, frameNotes, isOpaque, pictureOf, volumeOf, type Pixels } from '../pixels'
import { readGif, type Gif, type GifFrame } from './blocks'
import { unpackGif } from './lzw'

/** GIF: the first frame as the screen shows it, with alpha where a colour is transparent; or all frames as a volume. */
export const gif: Reader = {
  name: 'gif',
  endings: ['gif'],
  recognizes: (head) => starts(0, 'GIF87a')(head) || starts(0, 'GIF89a')(head),
  async read(file, { limits, frames }) {
    const bytes = await readAll(file, limits.bytes)
    const picture = readGif(bytes, (width, height) => checkSize(width, height, limits))
    const taken = frames === 'all' ? picture.frames : picture.frames.slice(0, 1)
    checkSize(picture.width, picture.height, limits, taken.length)
    if (frames === 'all') {
      const shown = showFrames(picture, taken)
      return volumeOf(shown.every(isOpaque) ? shown.map((one) => firstChannels(one, 3)) : shown, 'GIF')
    }
    const [first] = taken
    const [pixels] = showFrames(picture, taken)
    if (!first || !pixels) throw new Refusal('no-picture-in-it')
    const opaque = first.transparent === undefined && covers(first, picture)
    return pictureOf(opaque ? firstChannels(pixels, 3) : pixels, 'GIF', frameNotes(picture.frames.length))
  },
}

function covers(frame: GifFrame, { width, height }: Gif): boolean {
  return frame.x === 0 && frame.y === 0 && frame.width >= width && frame.height >= height
}

/** The screen after each frame, RGBA. */
function showFrames({ width, height }: Gif, frames: readonly GifFrame[]): Pixels[] {
  let screen = new Uint8Array(width * height * 4)
  return frames.map((frame) => {
    const before = frame.disposal === 3 ? screen.slice() : screen
    draw(frame, screen, width, height)
    const pixels: Pixels = { width, height, channels: 4, dtype: 'uint8', values: screen.slice() }
    if (frame.disposal === 2) empty(frame, screen, width, height)
    if (frame.disposal === 3) screen = before
    return pixels
  })
}

function draw(frame: GifFrame, screen: Uint8Array, width: number, height: number): void {
  const indices = unpackGif(frame.data, frame.codeBits, frame.width * frame.height)
  const { palette, transparent } = frame
  rowOrder(frame).forEach((y, row) => {
    if (frame.y + y >= height) return
    for (let x = 0; x < frame.width && frame.x + x < width; x++) {
      const index = indices[row * frame.width + x] ?? 0
      const at = ((frame.y + y) * width + frame.x + x) * 4
      const isClear = index === transparent
      // What is there already shows through a transparent colour; where there is nothing, the colour itself is kept.
      if (isClear && screen[at + 3] === 255) continue
      for (let channel = 0; channel < 3; channel++) screen[at + channel] = palette[index * 3 + channel] ?? 0
      screen[at + 3] = isClear ? 0 : 255
    }
  })
}

/** The rows in the order in which they are stored: every eighth, those between, then every fourth, then every second. */
function rowOrder({ height, interlaced }: GifFrame): number[] {
  const rows = (from: number, step: number) =>
    Array.from({ length: Math.max(0, Math.ceil((height - from) / step)) }, (_, n) => from + n * step)
  return interlaced ? [...rows(0, 8), ...rows(4, 8), ...rows(2, 4), ...rows(1, 2)] : rows(0, 1)
}

function empty(frame: GifFrame, screen: Uint8Array, width: number, height: number): void {
  const right = Math.min(width, frame.x + frame.width)
  for (let y = frame.y; y < Math.min(height, frame.y + frame.height); y++) {
    if (frame.x < right) screen.fill(0, (y * width + frame.x) * 4, (y * width + right) * 4)
  }
}
