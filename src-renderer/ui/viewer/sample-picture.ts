import type { BytePicture } from '../pixels'
import { sliceCount } from './slices'
import { channelsOf, columnBounds } from './waves'

interface Size {
  readonly width: number
  readonly height: number
}

/** How a sample that is no picture is made one. */
export interface SampleLook {
  /** Of a volume: which slice along its depth; else the one in the middle. */
  readonly slice?: number | undefined
  /** Of a sound: the size of its course in pixels. */
  readonly wave?: Size | undefined
}

/** The slice of a volume that stands for all of it. */
export function middleSlice(shape: readonly number[]): number {
  return Math.floor(sliceCount(shape, 'depth') / 2)
}

/**
 * The picture that stands for a small sample, whose bytes are `pixels`, channels last: a picture itself, one slice of a
 * volume, of a sequence the course of its first channel, bright on black.
 */
export function samplePicture(shape: readonly number[], pixels: Uint8Array, look: SampleLook = {}): BytePicture {
  if (shape.length < 3) return waveOf(pixels, shape[1] ?? 1, look.wave ?? { width: 96, height: 48 })
  const [height = 1, width = 1, channels = 1] = shape.slice(-3)
  const size = height * width * channels
  const slice = shape.length === 3 ? 0 : Math.min(look.slice ?? middleSlice(shape), sliceCount(shape, 'depth') - 1)
  return { height, width, channels, data: pixels.subarray(slice * size, (slice + 1) * size) }
}

function waveOf(values: Uint8Array, channels: number, { width, height }: Size): BytePicture {
  const data = new Uint8Array(height * width)
  const rowOf = (value: number) => Math.round(((255 - value) / 255) * (height - 1))
  const [first = new Float32Array()] = channelsOf(values, channels)
  const bounds = columnBounds(first, width)
  for (let column = 0; column < width; column++) {
    const [lowest = 0, highest = 0] = bounds.subarray(2 * column, 2 * column + 2)
    for (let row = rowOf(highest); row <= rowOf(lowest); row++) data[row * width + column] = 255
  }
  return { height, width, channels: 1, data }
}
