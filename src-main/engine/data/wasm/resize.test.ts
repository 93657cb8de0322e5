import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random'
import { withKernels } from './kernels'

type Size = readonly [width: number, height: number]

/** Each pixel's weights by the definition: a triangle as wide as the pixels made, one pixel at least. */
function weightsOf(from: number, to: number): [pixel: number, weight: number][][] {
  const half = Math.max(1, from / to)
  return Array.from({ length: to }, (_, n) => {
    const centre = ((n + 0.5) * from) / to
    const first = Math.max(0, Math.floor(centre - half))
    const pixels = Array.from({ length: Math.min(from, Math.ceil(centre + half)) - first }, (_, k) => first + k)
    const weights = pixels.map((k) => Math.max(0, 1 - Math.abs(k + 0.5 - centre) / half))
    const sum = weights.reduce((one, other) => one + other)
    return pixels.map((k, at) => [k, weights[at]! / sum])
  })
}

/** The exact RGB values. */
function exact(rgba: Uint8Array, [width, height]: Size, [toWidth, toHeight]: Size): Float64Array {
  const along = weightsOf(width, toWidth)
  const values = new Float64Array(toWidth * toHeight * 3)
  for (const [y, down] of weightsOf(height, toHeight).entries()) {
    const row = new Float64Array(width * 4)
    for (const [k, weight] of down) for (let n = 0; n < row.length; n++) row[n]! += weight * rgba[k * width * 4 + n]!
    for (const [x, pixels] of along.entries()) {
      for (let channel = 0; channel < 3; channel++) {
        const sum = pixels.reduce((sum, [k, weight]) => sum + weight * row[k * 4 + channel]!, 0)
        values[(y * toWidth + x) * 3 + channel] = sum
      }
    }
  }
  return values
}

/** What becomes of a picture that lies in one with `margin` more pixels to each side, with as many bytes around it. */
function resized(rgba: Uint8Array, [width, height]: Size, [toWidth, toHeight]: Size, channels: number, margin = 0) {
  return withKernels(({ reserve, bytes, resize }) => {
    const [stride, row] = [(width + 2 * margin) * 4, toWidth * channels]
    const from = reserve(stride * (height + 2 * margin))
    const to = reserve((row + 2) * toHeight)
    const corner = from + margin * stride + margin * 4
    bytes(from, stride * (height + 2 * margin)).fill(99)
    for (let y = 0; y < height; y++) {
      bytes(corner + y * stride, width * 4).set(rgba.subarray(y * width * 4, (y + 1) * width * 4))
    }
    bytes(to, (row + 2) * toHeight).fill(77)
    resize(corner, stride, width, height, to + 1, row + 2, toWidth, toHeight, channels)
    const made = bytes(to, (row + 2) * toHeight)
    const values = new Uint8Array(row * toHeight)
    for (let y = 0; y < toHeight; y++) {
      values.set(made.subarray(y * (row + 2) + 1, y * (row + 2) + 1 + row), y * row)
      expect([made[y * (row + 2)], made[(y + 1) * (row + 2) - 1]]).toEqual([77, 77])
    }
    return values
  })
}

/** Noise, which is black and white alone where rounding is to add up. */
function picture([width, height]: Size, seed: number): Uint8Array {
  const random = seededRandom(seed)
  return Uint8Array.from({ length: width * height * 4 }, () => (seed % 2 ? random.below(256) : random.below(2) * 255))
}

function furthest(values: Uint8Array, wanted: Float64Array): number {
  return wanted.reduce((most, value, at) => Math.max(most, Math.abs(value - values[at]!)), 0)
}

function check(from: Size, to: Size, seed: number, margin: number): void {
  const rgba = picture(from, seed)
  const colours = resized(rgba, from, to, 3, margin)
  // Half is for rounding to bytes.
  expect(furthest(colours, exact(rgba, from, to))).toBeLessThan(0.7)
  const grey = resized(rgba, from, to, 1, margin)
  const luma = grey.map((_, at) => {
    const [red, green, blue] = colours.subarray(at * 3, at * 3 + 3)
    return Math.floor((299 * red! + 587 * green! + 114 * blue! + 500) / 1000)
  })
  expect(Buffer.compare(grey, luma)).toBe(0)
}

describe('a picture of another size', () => {
  it.each<[Size, Size]>([
    [
      [1, 1],
      [1, 1],
    ],
    [
      [1, 1],
      [7, 5],
    ],
    [
      [4000, 3],
      [64, 2],
    ],
    [
      [3, 4000],
      [2, 64],
    ],
    [
      [4097, 40],
      [1, 1],
    ],
    [
      [70000, 2],
      [7, 3],
    ],
    [
      [2, 3],
      [300, 200],
    ],
    [
      [256, 128],
      [128, 256],
    ],
    [
      [65, 64],
      [64, 64],
    ],
    [
      [640, 480],
      [64, 64],
    ],
  ])('of %j pixels has the exact values of %j, rounded', (from, to) => {
    for (const seed of [1, 2]) check(from, to, seed, 0)
  })

  it('has the exact values, rounded, from any size to any, in its own place and with nothing around it', () => {
    const side = fc.integer({ min: 1, max: 70 })
    fc.assert(fc.property(fc.tuple(side, side), fc.tuple(side, side), fc.nat(), fc.nat(3), check), { numRuns: 150 })
  })

  it('is the same bit by bit where its size is', () => {
    const side = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(fc.tuple(side, side), fc.nat(), (size, seed) => {
        const rgba = picture(size, seed)
        expect(resized(rgba, size, size, 3)).toEqual(rgba.filter((_, at) => at % 4 < 3))
      }),
    )
  })
})
