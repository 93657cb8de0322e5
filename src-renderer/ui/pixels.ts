import type { ColourScale } from './colour-scales'

/** A picture as bytes: rows of pixels, 1 (grey), 3 (red, green, blue) or 4 (and opacity) values each. */
export interface BytePicture {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly data: Uint8Array | Uint8ClampedArray
}

/** A map of values, drawn through a colour scale; `range` are the values of its two ends. */
export interface ValueMap {
  readonly height: number
  readonly width: number
  readonly data: Float32Array
  readonly scale: ColourScale
  readonly range: readonly [number, number]
}

export type PixelSource = BytePicture | ValueMap

/**
 * A picture as RGBA bytes for a canvas. Two channels are grey and opacity; more than four show the first three. What a
 * too short array lacks stays transparent, and values that are no numbers too, so that a hole is seen as a hole.
 */
export function toRgba(source: PixelSource): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(source.height * source.width * 4)
  if ('scale' in source) fillFromScale(rgba, source)
  else fillFromBytes(rgba, source)
  return rgba
}

function fillFromScale(rgba: Uint8ClampedArray, { data, scale, range: [low, high] }: ValueMap): void {
  const factor = 255 / (high - low || 1)
  const count = Math.min(data.length, rgba.length / 4)
  for (let index = 0; index < count; index++) {
    const value = data[index] ?? Number.NaN
    if (Number.isNaN(value)) continue
    const at = Math.min(255, Math.max(0, Math.round((value - low) * factor))) * 3
    rgba[index * 4] = scale[at] ?? 0
    rgba[index * 4 + 1] = scale[at + 1] ?? 0
    rgba[index * 4 + 2] = scale[at + 2] ?? 0
    rgba[index * 4 + 3] = 255
  }
}

function fillFromBytes(rgba: Uint8ClampedArray, { data, channels }: BytePicture): void {
  const count = Math.min(Math.floor(data.length / channels), rgba.length / 4)
  const grey = channels < 3
  for (let index = 0; index < count; index++) {
    const at = index * channels
    rgba[index * 4] = data[at] ?? 0
    rgba[index * 4 + 1] = data[grey ? at : at + 1] ?? 0
    rgba[index * 4 + 2] = data[grey ? at : at + 2] ?? 0
    rgba[index * 4 + 3] = channels === 2 || channels === 4 ? (data[at + channels - 1] ?? 0) : 255
  }
}
