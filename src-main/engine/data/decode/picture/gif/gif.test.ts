import { describe, expect, it } from 'vitest'
import { decodedValues, refusalOf } from '../../../../testing/decoded'
import { gifFile, type GifPlan } from '../../../../testing/gif-file'

const palette: GifPlan['palette'] = [
  [10, 20, 30],
  [40, 50, 60],
  [70, 80, 90],
  [100, 110, 120],
]
const colour = (index: number) => [...palette[index]!]

describe('one frame', () => {
  it.each([false, true])('comes through, interlaced: %s', async (interlaced) => {
    const indices = Array.from({ length: 7 * 19 }, (_, n) => (n * n) % 4)
    const file = gifFile({ width: 7, height: 19, palette, frames: [{ width: 7, height: 19, indices, interlaced }] })
    const found = await decodedValues(file)
    expect(found.shape).toEqual([19, 7, 3])
    expect(Array.from(found.values)).toEqual(indices.flatMap(colour))
  })

  it('has alpha where a colour is transparent, which keeps its colour', async () => {
    const file = gifFile({
      width: 2,
      height: 1,
      palette,
      frames: [{ width: 2, height: 1, indices: [1, 2], transparent: 2 }],
    })
    const found = await decodedValues(file)
    expect([found.shape, Array.from(found.values)]).toEqual([
      [1, 2, 4],
      [40, 50, 60, 255, 70, 80, 90, 0],
    ])
  })

  it('smaller than the screen leaves the rest clear', async () => {
    const file = gifFile({ width: 3, height: 1, palette, frames: [{ x: 1, width: 1, height: 1, indices: [3] }] })
    const found = await decodedValues(file)
    expect(Array.from(found.values)).toEqual([0, 0, 0, 0, 100, 110, 120, 255, 0, 0, 0, 0])
  })

  it('larger than the screen is cut to it', async () => {
    const file = gifFile({ width: 1, height: 1, palette, frames: [{ width: 2, height: 2, indices: [1, 0, 0, 0] }] })
    const found = await decodedValues(file)
    expect([found.shape, Array.from(found.values)]).toEqual([[1, 1, 3], colour(1)])
  })
})

describe('several frames', () => {
  const dot = (index: number, x: number, disposal: number) => ({ x, width: 1, height: 1, indices: [index], disposal })
  const frames = (disposal: number) => [{ width: 3, height: 1, indices: [0, 0, 0] }, dot(1, 0, disposal), dot(2, 1, 0)]

  it.each([
    [
      'stay',
      1,
      [
        [0, 0, 0],
        [1, 0, 0],
        [1, 2, 0],
      ],
    ],
    [
      'are taken back',
      3,
      [
        [0, 0, 0],
        [1, 0, 0],
        [0, 2, 0],
      ],
    ],
  ])('that %s', async (_what, disposal, expected) => {
    const file = gifFile({ width: 3, height: 1, palette, frames: frames(disposal) })
    const found = await decodedValues(file, 'it', { frames: 'all' })
    expect([found.kind, found.shape]).toEqual(['volume', [3, 1, 3, 3]])
    expect(Array.from(found.values)).toEqual(expected.flat().flatMap(colour))
  })

  it('that are emptied leave nothing', async () => {
    const file = gifFile({ width: 3, height: 1, palette, frames: frames(2) })
    const found = await decodedValues(file, 'it', { frames: 'all' })
    expect(found.shape).toEqual([3, 1, 3, 4])
    expect(Array.from(found.values.subarray(24))).toEqual([0, 0, 0, 0, 70, 80, 90, 255, 10, 20, 30, 255])
  })

  it('give the first, with a note', async () => {
    const found = await decodedValues(gifFile({ width: 3, height: 1, palette, frames: frames(1) }))
    expect(Array.from(found.values)).toEqual([0, 0, 0].flatMap(colour))
    expect(found.notes).toEqual([{ code: 'first-frame', params: { count: 3 }, warns: false }])
  })
})

describe('what is refused', () => {
  const file = gifFile({
    width: 4,
    height: 4,
    palette,
    frames: [{ width: 4, height: 4, indices: new Array(16).fill(1) }],
  })
  it.each([
    ['cut', file.subarray(0, file.length - 6), 'truncated'],
    ['without a frame', Buffer.from([...file.subarray(0, 25), 0x3b]), 'no-picture-in-it'],
    ['of a strange block', Buffer.from([...file.subarray(0, 25), 0x99]), 'damaged'],
    [
      'too large',
      gifFile({ width: 5000, height: 5000, palette, frames: [{ width: 1, height: 1, indices: [0] }] }),
      'too-many-pixels',
    ],
    [
      'with a frame too large',
      Buffer.from([...file.subarray(0, 25), 0x2c, 0, 0, 0, 0, 255, 255, 255, 255, 0, 2]),
      'too-many-pixels',
    ],
  ])('a file %s', async (_what, bytes, code) => {
    expect((await refusalOf(bytes)).code).toBe(code)
  })
})
