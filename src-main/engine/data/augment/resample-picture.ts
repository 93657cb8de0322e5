import type { SampleValues } from '@shared/data/preprocessing'
import { indexAt, type Border } from './border'

/** An affine map of places in a plane, counted in values from the middle. */
export interface PlanePlacement {
  readonly height: number
  readonly width: number
  /** Height from height, height from width, width from height, width from width. */
  readonly matrix: readonly [number, number, number, number]
  /** Along height and width. */
  readonly offset: readonly [number, number]
}

/**
 * `resample` for a picture, or a slice, that is turned or sheared: from `source` as a whole into `target`, from `to` on.
 */
export function resamplePicture(
  source: SampleValues,
  target: Float32Array,
  to: number,
  channels: number,
  { height, width, matrix, offset }: PlanePlacement,
  { mode, value }: Border,
): void {
  const [yy, yx, xy, xx] = matrix
  const middleY = (height - 1) / 2
  const middleX = (width - 1) / 2
  const row = width * channels
  for (let y = 0; y < height; y++) {
    const beginY = yy * (y - middleY) - yx * middleX + offset[0] + middleY
    const beginX = xy * (y - middleY) - xx * middleX + offset[1] + middleX
    for (let x = 0; x < width; x++) {
      const placeY = beginY + yx * x
      const placeX = beginX + xx * x
      if (placeY >= 0 && placeX >= 0 && placeY < height - 1 && placeX < width - 1) {
        // Within the picture nothing is below 0, where cutting would not round down.
        const top = placeY | 0
        const left = placeX | 0
        const down = placeY - top
        const right = placeX - left
        let from = top * row + left * channels
        for (const end = from + channels; from < end; from++, to++) {
          const above = source[from] ?? 0
          const below = source[from + row] ?? 0
          const upper = above + right * ((source[from + channels] ?? 0) - above)
          const lower = below + right * ((source[from + row + channels] ?? 0) - below)
          target[to] = upper + down * (lower - upper)
        }
        continue
      }
      const top = Math.floor(placeY)
      const left = Math.floor(placeX)
      const down = placeY - top
      const right = placeX - left
      const y0 = indexAt(top, height, mode)
      const y1 = indexAt(top + 1, height, mode)
      const x0 = indexAt(left, width, mode)
      const x1 = indexAt(left + 1, width, mode)
      for (let channel = 0; channel < channels; channel++, to++) {
        const above = y0 < 0 || x0 < 0 ? value : (source[y0 * row + x0 * channels + channel] ?? 0)
        const above1 = y0 < 0 || x1 < 0 ? value : (source[y0 * row + x1 * channels + channel] ?? 0)
        const below = y1 < 0 || x0 < 0 ? value : (source[y1 * row + x0 * channels + channel] ?? 0)
        const below1 = y1 < 0 || x1 < 0 ? value : (source[y1 * row + x1 * channels + channel] ?? 0)
        const upper = above + right * (above1 - above)
        const lower = below + right * (below1 - below)
        target[to] = upper + down * (lower - upper)
      }
    }
  }
}
