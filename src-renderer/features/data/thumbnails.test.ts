import type { SamplePage } from '@shared/data/dataset'
import { describe, expect, it } from 'vitest'
import { pictureShape, samplePixels, thumbnailSide } from './thumbnails'

describe('pictureShape', () => {
  it.each([
    [[28, 30, 3], { height: 28, width: 30, channels: 3 }],
    [[28, 30], { height: 28, width: 30, channels: 1 }],
    [[28], { height: 28, width: 1, channels: 1 }],
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

describe('samplePixels', () => {
  it('cuts one sample out of a page', () => {
    const page: SamplePage = {
      shape: [1, 2, 2],
      total: 2,
      indices: Uint32Array.of(0, 1),
      labels: Uint32Array.of(0, 0),
      pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    }
    expect([...samplePixels(page, 1)]).toEqual([5, 6, 7, 8])
  })
})
