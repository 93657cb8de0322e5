import { describe, expect, it } from 'vitest'
import {
  greyScale,
  magnitudeScale,
  scaleGradient,
  signedRange,
  signedScale,
  valueRange,
  type ColourScale,
} from './colour-scales'

/** Relative luminance of WCAG 2: the oracle for "reads in grey too". */
function luminance(scale: ColourScale, index: number): number {
  const [r = 0, g = 0, b = 0] = [...scale.subarray(index * 3, index * 3 + 3)].map((byte) => {
    const value = byte / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe('colour scales', () => {
  it.each([
    ['magnitude', magnitudeScale],
    ['grey', greyScale],
  ])('%s grows lighter with every step', (_, scale) => {
    for (let index = 1; index < 256; index++) {
      // Colours are rounded to bytes, and a byte of one channel may count for less than one of another.
      expect(luminance(scale, index)).toBeGreaterThan(luminance(scale, index - 1) - 0.0005)
    }
    expect(luminance(scale, 255) - luminance(scale, 0)).toBeGreaterThan(0.7)
  })

  it('the signed scale is lightest at zero and equally dark at both ends', () => {
    for (let index = 1; index < 256; index++) {
      const rise = luminance(signedScale, index) - luminance(signedScale, index - 1)
      expect(index <= 127 ? rise : -rise).toBeGreaterThanOrEqual(-0.005)
    }
    expect(luminance(signedScale, 127)).toBeGreaterThan(0.85)
    expect(Math.abs(luminance(signedScale, 0) - luminance(signedScale, 255))).toBeLessThan(0.05)
  })

  it('keeps its stops', () => {
    expect([...greyScale.subarray(0, 3), ...greyScale.subarray(765)]).toEqual([0, 0, 0, 255, 255, 255])
    expect([...signedScale.subarray(0, 3)]).toEqual([0x0a, 0x3f, 0x7f])
  })
})

describe('ranges', () => {
  it.each([
    [
      [1, -3, 2],
      [-3, 3],
    ],
    [[], [-1, 1]],
    [
      [0, 0],
      [-1, 1],
    ],
    [
      [Number.NaN, 2, -Infinity],
      [-2, 2],
    ],
  ])('signed %j', (values, range) => expect(signedRange(values)).toEqual(range))

  it.each([
    [
      [1, -3, 2],
      [-3, 2],
    ],
    [[], [0, 1]],
    [
      [5, 5],
      [5, 6],
    ],
    [
      [Number.NaN, 2, Infinity, 4],
      [2, 4],
    ],
  ])('plain %j', (values, range) => expect(valueRange(values)).toEqual(range))
})

it('a gradient begins and ends with the ends of the scale', () => {
  const gradient = scaleGradient(greyScale, 2)
  expect(gradient).toMatch(/^linear-gradient\(to right, rgb\(0 0 0\), rgb\(\d+ \d+ \d+\), rgb\(255 255 255\)\)$/)
})
