import { describe, expect, it } from 'vitest'
import { kernelPictures, tileBox, viewsOf } from './kernel-pictures'

/** What a map holds, row by row; an empty place is null. */
function rowsOf({ source }: ReturnType<typeof kernelPictures>[number]): (number | null)[][] {
  if (!('scale' in source)) throw new Error('not a map of values')
  return Array.from({ length: source.height }, (_, row) =>
    Array.from(source.data.subarray(row * source.width, (row + 1) * source.width), (value) =>
      Number.isNaN(value) ? null : value,
    ),
  )
}

describe('the views of a kernel', () => {
  it.each([
    [[9, 1, 8], ['mean']],
    [
      [9, 2, 8],
      ['strip', 'mean', 0, 1],
    ],
    [
      [3, 3, 2, 8],
      ['mean', 0, 1],
    ],
    [
      [3, 3, 3, 8],
      ['colour', 'mean', 0, 1, 2],
    ],
    [
      [3, 3, 3, 2, 8],
      ['mean', 0, 1],
    ],
  ])('of %j are %j', (shape, views) => {
    expect(viewsOf({ shape })).toEqual(views)
  })
})

describe('a kernel over sequences', () => {
  it('is a row of columns on the line of zero, each in the value of its weight', () => {
    const kernel = { shape: [3, 1, 1], values: Float32Array.of(1, -2, 0) }
    const [picture] = kernelPictures(kernel, 'mean', [-2, 2], 5)
    expect(tileBox(kernel.shape, 5)).toEqual({ width: 8, height: 5, zoom: 1 })
    expect(picture && rowsOf(picture)).toEqual([
      [null, null, null, null, null, null],
      [1, 1, null, null, null, null],
      [null, null, null, null, null, null],
      [null, null, -2, -2, null, null],
      [null, null, -2, -2, null, null],
    ])
  })

  it('shows the lowest and the highest weight of a column where there are more weights than columns', () => {
    const kernel = { shape: [16, 1, 1], values: Float32Array.from({ length: 16 }, (_, n) => (n % 2 === 0 ? 1 : -1)) }
    const [picture] = kernelPictures(kernel, 'mean', [-1, 1], 3)
    expect(picture && rowsOf(picture)).toEqual([
      [1, 1, 1, 1, 1],
      [null, null, null, null, null],
      [-1, -1, -1, -1, -1],
    ])
  })

  it('is a strip with a row for each channel', () => {
    const kernel = { shape: [2, 3, 1], values: Float32Array.of(0, 1, 2, 10, 11, 12) }
    const [picture] = kernelPictures(kernel, 'strip', [-12, 12], 3)
    expect(picture && rowsOf(picture)).toEqual([
      [0, 0, 10, 10],
      [1, 1, 11, 11],
      [2, 2, 12, 12],
    ])
  })
})

describe('a kernel over volumes', () => {
  it('is a row of its slices with a gap between them', () => {
    const kernel = { shape: [2, 1, 2, 1, 1], values: Float32Array.of(1, 2, 3, 4) }
    const [picture] = kernelPictures(kernel, 'mean', [-4, 4], 10)
    expect(picture && rowsOf(picture)).toEqual([[1, 2, null, 3, 4]])
    expect(tileBox(kernel.shape, 10)).toEqual({ width: 25, height: 5, zoom: 5 })
  })

  it('has more than five slices in a square', () => {
    const kernel = { shape: [6, 1, 1, 1, 1], values: Float32Array.from([1, 2, 3, 4, 5, 6]) }
    const [picture] = kernelPictures(kernel, 'mean', [-6, 6], 10)
    expect(picture && rowsOf(picture)).toEqual([
      [1, null, 2, null, 3],
      [null, null, null, null, null],
      [4, null, 5, null, 6],
    ])
  })

  it('is in colour where it has three channels, transparent between slices', () => {
    const kernel = { shape: [2, 1, 1, 3, 1], values: Float32Array.of(-1, 0, 1, 1, 1, 1) }
    const [picture] = kernelPictures(kernel, 'colour', [-1, 1], 10)
    expect(picture?.source).toMatchObject({ height: 1, width: 3, channels: 4 })
    expect([...(picture?.source.data ?? [])]).toEqual([0, 128, 255, 255, 0, 0, 0, 0, 255, 255, 255, 255])
  })
})

it('a kernel over pictures is drawn as it is', () => {
  const kernel = { shape: [1, 2, 1, 2], values: Float32Array.of(1, 5, 2, 6) }
  expect(kernelPictures(kernel, 'mean', [-6, 6], 10).map(rowsOf)).toEqual([[[1, 2]], [[5, 6]]])
})
