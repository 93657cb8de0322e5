import type { Pixels } from '../pixels'

/** An RGBA picture made smaller: each pixel is the mean of those that fall on it, in which transparent ones have no say. */
export function shrink(pixels: Pixels, width: number, height: number): Pixels {
  const values = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = range(y, height, pixels.height)
    for (let x = 0; x < width; x++) {
      const [left, right] = range(x, width, pixels.width)
      values.set(mean(pixels, left, right, top, bottom), (y * width + x) * 4)
    }
  }
  return { width, height, channels: 4, dtype: 'uint8', values }
}

function range(at: number, size: number, of: number): [number, number] {
  const from = Math.floor((at * of) / size)
  return [from, Math.max(from + 1, Math.floor(((at + 1) * of) / size))]
}

function mean({ values, width }: Pixels, left: number, right: number, top: number, bottom: number): number[] {
  const sums = [0, 0, 0, 0]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4
      const alpha = values[at + 3] ?? 0
      for (let colour = 0; colour < 3; colour++) sums[colour] = (sums[colour] ?? 0) + (values[at + colour] ?? 0) * alpha
      sums[3] = (sums[3] ?? 0) + alpha
    }
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sums
  const colours = alpha === 0 ? [0, 0, 0] : [red / alpha, green / alpha, blue / alpha]
  return [...colours, alpha / ((right - left) * (bottom - top))].map(Math.round)
}
