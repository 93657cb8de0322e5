import type { LayerPreview } from '@shared/ipc/preview'
import type { LayerOutput } from '../model/layer-output'

export type Thumbnail = Omit<LayerPreview, 'node' | 'shape'>

/** What a card has room for. */
const room = { mapSide: 24, maps: 7, columns: 84, curves: 3 } as const

/** A layer's output on one sample, small enough for its card. */
export function thumbnailOf({ shape, values }: LayerOutput): Thumbnail {
  const channels = shape.at(-1) ?? 1
  if (shape.length <= 1) return quantized('bars', 1, columnsOf(values, 1, 0, true))
  if (shape.length === 2) {
    const shown = Math.min(channels, room.curves)
    return quantized('curves', shown, ...range(shown).map((channel) => columnsOf(values, channels, channel, false)))
  }
  const [height = 1, width = 1] = shape.slice(-3)
  // Of a volume, the slice in the middle.
  const slices = shape.slice(0, -3).reduce((product, size) => product * size, 1)
  const size = height * width * channels
  const slice = values.subarray((slices >> 1) * size, ((slices >> 1) + 1) * size)
  const shown = Math.min(channels, room.maps)
  return quantized('maps', shown, ...range(shown).map((channel) => mapOf(slice, height, width, channels, channel)))
}

/** The values of one channel, as they are to be drawn. */
interface Drawn {
  readonly columns: number
  readonly rows: number
  readonly values: Float32Array
}

/** One channel of a picture, each point the mean of what it stands for. */
function mapOf(values: Float32Array, height: number, width: number, channels: number, channel: number): Drawn {
  const scale = Math.max(1, height / room.mapSide, width / room.mapSide)
  const [rows, columns] = [Math.max(1, Math.round(height / scale)), Math.max(1, Math.round(width / scale))]
  const drawn = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = binOf(row, rows, height)
    for (let column = 0; column < columns; column++) {
      const [left, right] = binOf(column, columns, width)
      let sum = 0
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) sum += values[(y * width + x) * channels + channel] ?? 0
      drawn[row * columns + column] = sum / ((bottom - top) * (right - left))
    }
  }
  return { columns, rows, values: drawn }
}

/** The lowest and the highest value that each column of a sequence's channel stands for; bars begin at zero. */
function columnsOf(values: Float32Array, channels: number, channel: number, fromZero: boolean): Drawn {
  const length = values.length / channels
  const columns = Math.min(length, room.columns)
  const drawn = new Float32Array(2 * columns)
  for (let column = 0; column < columns; column++) {
    const [start, end] = binOf(column, columns, length)
    let [low, high] = fromZero ? [0, 0] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let n = start; n < end; n++) {
      const value = values[n * channels + channel] ?? 0
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    drawn.set([low, high], 2 * column)
  }
  return { columns, rows: 2, values: drawn }
}

/** The places that the n-th of `count` bins stands for, of `length` in all; at least one. */
function binOf(n: number, count: number, length: number): [start: number, end: number] {
  return [Math.floor((n * length) / count), Math.ceil(((n + 1) * length) / count)]
}

function quantized(form: LayerPreview['form'], channels: number, ...parts: Drawn[]): Thumbnail {
  const [{ columns, rows } = { columns: 1, rows: 1 }] = parts
  const values = parts.flatMap((part) => [...part.values])
  const finite = values.filter(Number.isFinite)
  const [low, high] = finite.length > 0 ? [Math.min(...finite), Math.max(...finite)] : [0, 0]
  const step = high > low ? 255 / (high - low) : 0
  const bytes = Uint8Array.from(values, (value) => {
    if (Number.isFinite(value)) return Math.round((value - low) * step)
    return value > 0 ? 255 : 0
  })
  return { form, channels, columns, rows, values: bytes, low, high }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n)
}
