import { Refusal, type DecodedValues, type Limits, type Note, type Values, type ValueType } from '../contract'
import { numbersNote } from '../numbers-note'
import { zeros } from '../value-types'

/** A picture's values, channels last. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly dtype: ValueType
  readonly values: Values
}

/** Refuses a picture by what its header says, before there is any memory taken for it. */
export function checkSize(width: number, height: number, limits: Limits, frames = 1): void {
  if (!(width > 0 && height > 0)) throw new Refusal('no-pixels', { width, height })
  if (width * height * frames > limits.pixels) {
    throw new Refusal('too-many-pixels', { width, height: height * frames, limit: Math.floor(limits.pixels / 1e6) })
  }
}

export function pictureOf(pixels: Pixels, format: string, notes: readonly Note[] = []): DecodedValues {
  const { width, height, channels, dtype, values } = pixels
  return {
    kind: 'picture',
    format,
    shape: [height, width, channels],
    dtype,
    values,
    notes: [...notes, ...numbersNote(values)],
  }
}

/** Frames of one size as a volume `[depth, height, width, channels]`. */
export function volumeOf(frames: readonly Pixels[], format: string, notes: readonly Note[] = []): DecodedValues {
  const [first] = frames
  if (!first) throw new Refusal('no-pixels', { width: 0, height: 0 })
  const { width, height, channels, dtype } = first
  const size = first.values.length
  const values = zeros(dtype, size * frames.length)
  frames.forEach((frame, n) => {
    const fits = frame.width === width && frame.height === height && frame.channels === channels
    if (!fits || frame.dtype !== dtype) throw new Refusal('frames-differ', { one: 1, other: n + 1 })
    values.set(frame.values, n * size)
  })
  return {
    kind: 'volume',
    format,
    shape: [frames.length, height, width, channels],
    dtype,
    values,
    notes: [...notes, ...numbersNote(values)],
  }
}

/** One channel of several, or some of them from the first on. */
export function firstChannels(pixels: Pixels, channels: number): Pixels {
  const { width, height, channels: all, values } = pixels
  const kept = values.slice(0, width * height * channels)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      kept[pixel * channels + channel] = values[pixel * all + channel] ?? 0
    }
  }
  return { ...pixels, channels, values: kept }
}

/** Whether nothing of an RGBA picture of bytes is transparent. */
export function isOpaque({ values, channels }: Pixels): boolean {
  for (let at = channels - 1; at < values.length; at += channels) if (values[at] !== 255) return false
  return true
}

/** A colour picture of 16 bits with 8: the range of 0 to 65535 becomes that of 0 to 255. */
export function toBytes(pixels: Pixels): Pixels {
  const values = Uint8Array.from(pixels.values, (value) => Math.round(value / 257))
  return { ...pixels, dtype: 'uint8', values }
}

/** A note that only the first of several frames was taken; none where there is one. */
export function frameNotes(count: number): Note[] {
  return count > 1 ? [{ code: 'first-frame', params: { count }, warns: false }] : []
}
