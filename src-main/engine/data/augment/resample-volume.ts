import type { Placement } from '@shared/augmentation/placement'
import type { SampleValues } from '@shared/data/preprocessing'
import { indexAt, type Border } from './border'

/** Reads a volume that is turned about any axis. */
export function resampleVolume(
  source: SampleValues,
  target: Float32Array,
  channels: number,
  { sizes: [depth = 1, height = 1, width = 1], matrix, offset }: Placement,
  { mode, value }: Border,
): void {
  const [zz = 1, zy = 0, zx = 0, yz = 0, yy = 1, yx = 0, xz = 0, xy = 0, xx = 1] = matrix
  const middleZ = (depth - 1) / 2
  const middleY = (height - 1) / 2
  const middleX = (width - 1) / 2
  const row = width * channels
  const slice = height * row
  const [offsetZ = 0, offsetY = 0, offsetX = 0] = offset
  function at(plane: number, line: number, column: number, channel: number): number {
    if (plane < 0 || line < 0 || column < 0) return value
    return source[plane * slice + line * row + column * channels + channel] ?? 0
  }
  let to = 0
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const beginZ = zz * (z - middleZ) + zy * (y - middleY) - zx * middleX + offsetZ + middleZ
      const beginY = yz * (z - middleZ) + yy * (y - middleY) - yx * middleX + offsetY + middleY
      const beginX = xz * (z - middleZ) + xy * (y - middleY) - xx * middleX + offsetX + middleX
      for (let x = 0; x < width; x++) {
        const placeZ = beginZ + zx * x
        const placeY = beginY + yx * x
        const placeX = beginX + xx * x
        const front = Math.floor(placeZ)
        const top = Math.floor(placeY)
        const left = Math.floor(placeX)
        const back = placeZ - front
        const down = placeY - top
        const right = placeX - left
        if (front >= 0 && top >= 0 && left >= 0 && front < depth - 1 && top < height - 1 && left < width - 1) {
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
          continue
        }
        const z0 = indexAt(front, depth, mode)
        const z1 = indexAt(front + 1, depth, mode)
        const y0 = indexAt(top, height, mode)
        const y1 = indexAt(top + 1, height, mode)
        const x0 = indexAt(left, width, mode)
        const x1 = indexAt(left + 1, width, mode)
        for (let channel = 0; channel < channels; channel++, to++) {
          const upper = mix(at(z0, y0, x0, channel), at(z0, y0, x1, channel), right)
          const lower = mix(at(z0, y1, x0, channel), at(z0, y1, x1, channel), right)
          const upperBack = mix(at(z1, y0, x0, channel), at(z1, y0, x1, channel), right)
          const lowerBack = mix(at(z1, y1, x0, channel), at(z1, y1, x1, channel), right)
          target[to] = mix(mix(upper, lower, down), mix(upperBack, lowerBack, down), back)
        }
      }
    }
  }
}

function mix(one: number, other: number, share: number): number {
  return one + share * (other - one)
}
