import { describe, expect, it } from 'vitest'
import { thumbnailOf } from './thumbnail'

const filled = (count: number, value: (n: number) => number) => Float32Array.from({ length: count }, (_, n) => value(n))

/** The values that a thumbnail's bytes stand for. */
function read({ values, low, high }: ReturnType<typeof thumbnailOf>): number[] {
  return [...values].map((byte) => low + (byte / 255) * (high - low))
}

describe('the size of a thumbnail', () => {
  it.each([
    [[10], { form: 'bars', channels: 1, columns: 10, rows: 2 }],
    [[1000], { form: 'bars', channels: 1, columns: 84, rows: 2 }],
    [[50, 1], { form: 'curves', channels: 1, columns: 50, rows: 2 }],
    [[16_000, 8], { form: 'curves', channels: 3, columns: 84, rows: 2 }],
    [[8, 6, 2], { form: 'maps', channels: 2, columns: 6, rows: 8 }],
    [[224, 112, 64], { form: 'maps', channels: 7, columns: 12, rows: 24 }],
    [[1, 300, 1], { form: 'maps', channels: 1, columns: 24, rows: 1 }],
    [[5, 8, 6, 2], { form: 'maps', channels: 2, columns: 6, rows: 8 }],
  ])('of %j', (shape, expected) => {
    const size = shape.reduce((product, length) => product * length, 1)
    const thumbnail = thumbnailOf({ shape, values: filled(size, (n) => Math.sin(n)) })
    expect(thumbnail).toMatchObject(expected)
    expect(thumbnail.values).toHaveLength(expected.channels * expected.columns * expected.rows)
  })
})

describe('what a thumbnail shows', () => {
  it('is each value of a small map, channel by channel, to half a step of 255', () => {
    const values = filled(3 * 2 * 2, (n) => n * n - 20)
    const thumbnail = thumbnailOf({ shape: [3, 2, 2], values })
    expect([thumbnail.low, thumbnail.high]).toEqual([-20, 101])
    const expected = [0, 1].flatMap((channel) => [...values].filter((_, n) => n % 2 === channel))
    read(thumbnail).forEach((value, n) => expect(Math.abs(value - (expected[n] ?? 0))).toBeLessThanOrEqual(121 / 510))
  })

  it('is the mean of what a point of a larger map stands for', () => {
    const values = filled(48 * 72, (n) => (n * 7919) % 101)
    const thumbnail = thumbnailOf({ shape: [48, 72, 1], values })
    expect([thumbnail.rows, thumbnail.columns]).toEqual([16, 24])
    const means = Array.from({ length: 16 * 24 }, (_, n) => {
      const [top, left] = [3 * Math.floor(n / 24), 3 * (n % 24)]
      const block = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => values[(top + y) * 72 + left + x] ?? 0))
      return block.reduce((sum, one) => sum + one, 0) / 9
    })
    const step = (thumbnail.high - thumbnail.low) / 255
    read(thumbnail).forEach((value, n) => expect(Math.abs(value - (means[n] ?? 0))).toBeLessThanOrEqual(step))
  })

  it('is the middle slice of a volume', () => {
    const values = filled(3 * 2 * 2, (n) => n)
    expect(read(thumbnailOf({ shape: [3, 2, 2, 1], values })).map(Math.round)).toEqual([4, 5, 6, 7])
  })

  it('is the lowest and the highest value of each part of a sequence, so that no peak is lost', () => {
    const values = filled(8400, (n) => (n === 4250 ? 5 : n === 4260 ? -3 : 0))
    const thumbnail = thumbnailOf({ shape: [8400, 1], values })
    expect([thumbnail.low, thumbnail.high]).toEqual([-3, 5])
    const drawn = read(thumbnail)
    expect([drawn[84], drawn[85]].map((value) => Math.round(value ?? 0))).toEqual([-3, 5])
  })

  it('begins bars at zero', () => {
    const thumbnail = thumbnailOf({ shape: [3], values: Float32Array.of(2, -1, 4) })
    expect([thumbnail.low, thumbnail.high]).toEqual([-1, 4])
    expect(read(thumbnail)).toEqual([0, 2, -1, 0, 0, 4])
  })

  it.each([
    ['values that are all the same', [3, 3, 3], [3, 3]],
    ['zeros', [0, 0, 0], [0, 0]],
    ['no numbers at all', [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN], [0, 0]],
    ['numbers beside what is none', [1, Number.NaN, Number.NEGATIVE_INFINITY], [1, 1]],
  ])('has finite bounds for %s', (_what, values, [low, high]) => {
    const thumbnail = thumbnailOf({ shape: [3, 1], values: Float32Array.from(values) })
    expect([thumbnail.low, thumbnail.high]).toEqual([low, high])
  })
})
