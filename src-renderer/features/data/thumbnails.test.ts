import { describe, expect, it } from 'vitest'
import { samplePage } from '@/stores/testing/samples'
import { pictureOf, pictureShape, samplePixels, thumbnailSide } from './thumbnails'

describe('pictureShape', () => {
  it.each([
    [[28, 30, 3], { height: 28, width: 30, channels: 3 }],
    [[9, 28, 30, 1], { height: 28, width: 30, channels: 1 }],
    [[16_000, 1], { height: 64, width: 64, channels: 1 }],
  ])('of %j', (shape, expected) => expect(pictureShape(shape)).toEqual(expected))
})

describe('thumbnailSide', () => {
  it.each([
    ['the picture’s own size', 28, [28, 28, 1], 1, 28],
    ['the nearest whole enlargement', 50, [28, 28, 1], 1, 56],
    ['never less than the picture itself', 30, [28, 28, 1], 1, 28],
    ['half steps where two pixels of the screen make one', 45, [28, 28, 1], 2, 42],
    ['any size below the picture’s own', 37, [224, 200, 3], 1, 37],
    ['the longer side counts', 100, [20, 50, 1], 1, 100],
  ])('%s', (_name, wanted, shape, ratio, expected) => expect(thumbnailSide(wanted, shape, ratio)).toBe(expected))
})

describe('pictureOf', () => {
  it('a picture is the picture', () => {
    expect(pictureOf([1, 2, 1], Uint8Array.of(5, 6))).toEqual({
      height: 1,
      width: 2,
      channels: 1,
      data: Uint8Array.of(5, 6),
    })
  })

  it('a volume is its middle slice', () => {
    const { height, width, data } = pictureOf([3, 2, 1, 1], Uint8Array.of(1, 2, 3, 4, 5, 6))
    expect([height, width, [...data]]).toEqual([2, 1, [3, 4]])
  })

  it.each([
    ['high', 255, 0],
    ['low', 0, 63],
    ['in the middle', 128, 31],
  ])('a sequence that stays %s is a line there', (_name, value, row) => {
    const { height, width, data } = pictureOf([1000, 1], new Uint8Array(1000).fill(value), 10)
    const bright = [...data.entries()].flatMap(([at, byte]) => (byte > 0 ? [Math.floor(at / width)] : []))
    expect([height, width]).toEqual([64, 10])
    expect(bright).toEqual(new Array(10).fill(row))
  })

  it('a sequence that swings fills its columns, also where it has fewer values than columns', () => {
    for (const frames of [4, 6400]) {
      const swing = Uint8Array.from({ length: frames * 2 }, (_value, at) => (at % 4 === 0 ? 255 : 0))
      const { data, width } = pictureOf([frames, 2], swing, 8)
      for (let column = 0; column < width - 2; column++)
        expect(data.filter((byte, at) => at % width === column && byte > 0).length).toBeGreaterThan(0)
    }
  })
})

describe('samplePixels', () => {
  it('cuts one sample out of a page', () => {
    const page = samplePage([0, 1], { shape: [1, 2, 2], pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) })
    expect([...samplePixels(page, 1)]).toEqual([5, 6, 7, 8])
  })
})
