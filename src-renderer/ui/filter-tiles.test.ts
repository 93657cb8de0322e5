import { describe, expect, it } from 'vitest'
import { colourTiles, filterTiles } from './filter-tiles'

/** 1 × 2 places, two inputs, three filters: each value tells its own place as place-input-filter. */
const shape = [1, 2, 2, 3]
const values = Float32Array.from(
  [0, 1].flatMap((place) => [0, 1].flatMap((input) => [0, 1, 2].map((filter) => place * 100 + input * 10 + filter))),
)

describe('filterTiles', () => {
  it.each([
    [
      'the first input',
      0,
      [
        [0, 100],
        [1, 101],
        [2, 102],
      ],
    ],
    [
      'the second input',
      1,
      [
        [10, 110],
        [11, 111],
        [12, 112],
      ],
    ],
    [
      'the mean over the inputs',
      null,
      [
        [5, 105],
        [6, 106],
        [7, 107],
      ],
    ],
  ])('%s', (_name, input, expected) => {
    expect(filterTiles(values, shape, input).map((tile) => [...tile])).toEqual(expected)
  })

  it('shows what is missing as no number', () => {
    expect([...(filterTiles(new Float32Array(1), [1, 2, 1, 1], 0)[0] ?? [])]).toEqual([0, NaN])
  })

  it('gives nothing for nothing', () => {
    expect(filterTiles(new Float32Array(), [], null)).toEqual([])
  })
})

describe('colourTiles', () => {
  it('keeps red, green and blue of each filter apart, with zero in the middle and the ends of the range as 0 and 255', () => {
    const weights = Float32Array.of(-1, 0, 1, 0.5, 0, -1)
    expect(colourTiles(weights, [1, 1, 3, 2], [-1, 1]).map((tile) => [...tile])).toEqual([
      [0, 255, 128],
      [128, 191, 0],
    ])
  })

  it('cuts off what lies beyond the range', () => {
    expect([...(colourTiles(Float32Array.of(-3, 0, 3), [1, 1, 3, 1], [-1, 1])[0] ?? [])]).toEqual([0, 128, 255])
  })
})
