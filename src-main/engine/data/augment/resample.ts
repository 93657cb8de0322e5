import type { SampleValues } from '@shared/data/preprocessing'
import type { Placement } from '@shared/augmentation/placement'
import type { FillMode } from '@shared/training/augmentation'

/** What stands outside of a sample. */
export interface Border {
  readonly mode: FillMode
  /** Of a constant border. */
  readonly value: number
}

/**
 * Reads a sample (channels last) at the places that a placement names, linearly between neighbours along each axis.
 * Outside of it each neighbour is what the border says, so that a constant border is faded into over one value.
 */
export function resample(
  source: SampleValues,
  target: Float32Array,
  channels: number,
  placement: Placement,
  border: Border,
): void {
  const { sizes } = placement
  if (sizes.length === 1) resampleLine(source, target, channels, placement, border)
  else if (sizes.length === 2) resamplePicture(source, target, channels, placement, border)
  else resampleVolume(source, target, channels, placement, border)
}

/** Which value stands at a place that may be outside; -1: the border's own. */
function indexAt(place: number, size: number, mode: FillMode): number {
  if (place >= 0 && place < size) return place
  if (mode === 'constant') return -1
  if (mode === 'edge') return place < 0 ? 0 : size - 1
  const round = 2 * size
  const inRound = place - round * Math.floor(place / round)
  return inRound < size ? inRound : round - 1 - inRound
}

function resampleLine(
  source: SampleValues,
  target: Float32Array,
  channels: number,
  { sizes: [size = 1], matrix: [step = 1], offset: [offset = 0] }: Placement,
  { mode, value }: Border,
): void {
  const middle = (size - 1) / 2
  for (let x = 0, to = 0; x < size; x++) {
    const place = step * (x - middle) + offset + middle
    const before = Math.floor(place)
    const share = place - before
    const one = indexAt(before, size, mode)
    const other = share === 0 ? one : indexAt(before + 1, size, mode)
    for (let channel = 0; channel < channels; channel++, to++) {
      const first = one < 0 ? value : (source[one * channels + channel] ?? 0)
      const second = other < 0 ? value : (source[other * channels + channel] ?? 0)
      target[to] = first + share * (second - first)
    }
  }
}

function resamplePicture(
  source: SampleValues,
  target: Float32Array,
  channels: number,
  { sizes: [height = 1, width = 1], matrix, offset }: Placement,
  { mode, value }: Border,
): void {
  const [yy = 1, yx = 0, xy = 0, xx = 1] = matrix
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2]
  const row = width * channels
  const at = (index: number, other: number, channel: number) =>
    index < 0 || other < 0 ? value : (source[index * row + other * channels + channel] ?? 0)
  for (let y = 0, to = 0; y < height; y++) {
    const fromY = yy * (y - middleY) - yx * middleX + (offset[0] ?? 0) + middleY
    const fromX = xy * (y - middleY) - xx * middleX + (offset[1] ?? 0) + middleX
    for (let x = 0; x < width; x++) {
      const [placeY, placeX] = [fromY + yx * x, fromX + xx * x]
      const [top, left] = [Math.floor(placeY), Math.floor(placeX)]
      const [down, right] = [placeY - top, placeX - left]
      if (top >= 0 && left >= 0 && top < height - 1 && left < width - 1) {
        let from = top * row + left * channels
        for (const end = from + channels; from < end; from++, to++) {
          const above = source[from] ?? 0
          const below = source[from + row] ?? 0
          const upper = above + right * ((source[from + channels] ?? 0) - above)
          const lower = below + right * ((source[from + row + channels] ?? 0) - below)
          target[to] = upper + down * (lower - upper)
        }
      } else {
        const [y0, y1] = [indexAt(top, height, mode), indexAt(top + 1, height, mode)]
        const [x0, x1] = [indexAt(left, width, mode), indexAt(left + 1, width, mode)]
        for (let channel = 0; channel < channels; channel++, to++) {
          const [above, below] = [at(y0, x0, channel), at(y1, x0, channel)]
          const upper = above + right * (at(y0, x1, channel) - above)
          const lower = below + right * (at(y1, x1, channel) - below)
          target[to] = upper + down * (lower - upper)
        }
      }
    }
  }
}

function resampleVolume(
  source: SampleValues,
  target: Float32Array,
  channels: number,
  { sizes: [depth = 1, height = 1, width = 1], matrix, offset }: Placement,
  { mode, value }: Border,
): void {
  const [zz = 1, zy = 0, zx = 0, yz = 0, yy = 1, yx = 0, xz = 0, xy = 0, xx = 1] = matrix
  const [middleZ, middleY, middleX] = [(depth - 1) / 2, (height - 1) / 2, (width - 1) / 2]
  const row = width * channels
  const slice = height * row
  const at = (plane: number, line: number, column: number, channel: number) =>
    plane < 0 || line < 0 || column < 0
      ? value
      : (source[plane * slice + line * row + column * channels + channel] ?? 0)
  let to = 0
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const [outZ, outY] = [z - middleZ, y - middleY]
      const fromZ = zz * outZ + zy * outY - zx * middleX + (offset[0] ?? 0) + middleZ
      const fromY = yz * outZ + yy * outY - yx * middleX + (offset[1] ?? 0) + middleY
      const fromX = xz * outZ + xy * outY - xx * middleX + (offset[2] ?? 0) + middleX
      for (let x = 0; x < width; x++) {
        const placeZ = fromZ + zx * x
        const placeY = fromY + yx * x
        const placeX = fromX + xx * x
        const front = Math.floor(placeZ)
        const top = Math.floor(placeY)
        const left = Math.floor(placeX)
        const [back, down, right] = [placeZ - front, placeY - top, placeX - left]
        const inside = front >= 0 && top >= 0 && left >= 0 && front < depth - 1 && top < height - 1 && left < width - 1
        if (inside) {
          let from = front * slice + top * row + left * channels
          for (const end = from + channels; from < end; from++, to++) {
            const a = source[from] ?? 0
            const b = source[from + row] ?? 0
            const c = source[from + slice] ?? 0
            const d = source[from + slice + row] ?? 0
            const upper = a + right * ((source[from + channels] ?? 0) - a)
            const lower = b + right * ((source[from + row + channels] ?? 0) - b)
            const upperBack = c + right * ((source[from + slice + channels] ?? 0) - c)
            const lowerBack = d + right * ((source[from + slice + row + channels] ?? 0) - d)
            const before = upper + down * (lower - upper)
            target[to] = before + back * (upperBack + down * (lowerBack - upperBack) - before)
          }
        } else {
          const [z0, z1] = [indexAt(front, depth, mode), indexAt(front + 1, depth, mode)]
          const [y0, y1] = [indexAt(top, height, mode), indexAt(top + 1, height, mode)]
          const [x0, x1] = [indexAt(left, width, mode), indexAt(left + 1, width, mode)]
          for (let channel = 0; channel < channels; channel++, to++) {
            const along = (plane: number, line: number) => {
              const first = at(plane, line, x0, channel)
              return first + right * (at(plane, line, x1, channel) - first)
            }
            const [upper, upperBack] = [along(z0, y0), along(z1, y0)]
            const before = upper + down * (along(z0, y1) - upper)
            target[to] = before + back * (upperBack + down * (along(z1, y1) - upperBack) - before)
          }
        }
      }
    }
  }
}
