// @ts-check
import { describe, expect, it } from 'vitest'
import { figures, median } from './measure.mjs'

describe('the median', () => {
  it.each([
    { values: [3], expected: 3 },
    { values: [5, 1, 3], expected: 3 },
    { values: [4, 1, 3, 2], expected: 2.5 },
    { values: [10, 9, 100], expected: 10 },
  ])('of $values is $expected', ({ values, expected }) => {
    expect(median(values)).toBe(expected)
  })

  it('of nothing is no number', () => {
    expect(median([])).toBeNaN()
  })
})

describe('ratios', () => {
  const values = new Map([
    ['ours', [20, 30]],
    ['peer', [50, 50]],
  ])

  it('say how many times more ours is where more is better', () => {
    expect(figures(values, 'higher').map(({ ratio }) => ratio)).toEqual([null, 0.5])
  })

  it('say how many times less ours is where less is better', () => {
    expect(figures(values, 'lower').map(({ ratio }) => ratio)).toEqual([null, 2])
  })
})
