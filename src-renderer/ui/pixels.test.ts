import { describe, expect, it } from 'vitest'
import { greyScale } from './colour-scales'
import { toRgba } from './pixels'

describe('toRgba', () => {
  it.each([
    ['grey', 1, [10, 20], [10, 10, 10, 255, 20, 20, 20, 255]],
    ['grey and opacity', 2, [10, 128, 20, 0], [10, 10, 10, 128, 20, 20, 20, 0]],
    ['colours', 3, [1, 2, 3, 4, 5, 6], [1, 2, 3, 255, 4, 5, 6, 255]],
    ['colours and opacity', 4, [1, 2, 3, 9, 4, 5, 6, 8], [1, 2, 3, 9, 4, 5, 6, 8]],
    ['a short array', 3, [1, 2, 3], [1, 2, 3, 255, 0, 0, 0, 0]],
  ])('%s', (_, channels, data, expected) => {
    expect([...toRgba({ height: 1, width: 2, channels, data: Uint8Array.from(data) })]).toEqual(expected)
  })

  it('draws values through a scale, clipped to its range, with holes where there is no number', () => {
    const data = Float32Array.of(-1, 0, 1, 7, Number.NaN)
    const rgba = toRgba({ height: 1, width: 5, data, scale: greyScale, range: [-1, 1] })
    const pixels = Array.from({ length: 5 }, (_, index) => [rgba[index * 4], rgba[index * 4 + 3]])
    expect(pixels[0]).toEqual([0, 255])
    expect(pixels[1]?.[0]).toBeGreaterThan(0)
    expect(pixels[1]?.[0]).toBeLessThan(255)
    expect(pixels.slice(2)).toEqual([
      [255, 255],
      [255, 255],
      [0, 0],
    ])
  })

  it('draws a map without a spread in one colour', () => {
    const rgba = toRgba({ height: 1, width: 1, data: Float32Array.of(3), scale: greyScale, range: [3, 3] })
    expect([...rgba]).toEqual([0, 0, 0, 255])
  })
})
