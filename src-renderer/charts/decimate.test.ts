import { describe, expect, it } from 'vitest'
import { decimate, firstAtLeast, type LinePoints } from './decimate'

function line(y: number[], x = y.map((_, index) => index)): LinePoints {
  return { x: Float64Array.from(x), y: Float32Array.from(y), length: y.length }
}

describe('firstAtLeast', () => {
  it.each([
    [[1, 3, 5], 0, 0],
    [[1, 3, 5], 3, 1],
    [[1, 3, 5], 4, 2],
    [[1, 3, 5], 6, 3],
    [[], 1, 0],
  ])('%j from %d', (x, value, position) => {
    expect(firstAtLeast(line(x, x), value)).toBe(position)
  })
})

describe('decimate', () => {
  it('keeps every point of a short line', () => {
    expect(decimate(line([3, 1, 2]), 0, 2, 100)).toEqual([
      { x: 0, y: 3 },
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ])
  })

  it('keeps both ends and every peak of a long one, in order, two points a column', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => Math.sin(index / 50))
    values[41_234] = 9
    values[77_777] = -9
    const points = decimate(line(values), 0, 99_999, 500)
    expect(points.length).toBeLessThanOrEqual(2 * 501 + 2)
    expect(points.some((point) => point.x === 41_234 && point.y === 9)).toBe(true)
    expect(points.some((point) => point.x === 77_777 && point.y === -9)).toBe(true)
    expect([points[0]?.x, points.at(-1)?.x]).toEqual([0, 99_999])
    for (let index = 1; index < points.length; index++) expect(points[index]!.x).toBeGreaterThan(points[index - 1]!.x)
  })

  it('keeps a column in which only some values are numbers', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index % 7 === 3 ? index : Number.NaN))
    const points = decimate(line(values), 0, 999, 10)
    expect(points.length).toBe(20)
    expect(points.every((point) => point.y % 7 === 3)).toBe(true)
    expect(points.at(-1)).toEqual({ x: 997, y: 997 })
  })

  it('keeps going where several points share a place', () => {
    const points = decimate(line([1, 5, 2, 8, 3, 9], [0, 0, 0, 0, 0, 1]), 0, 1, 1)
    expect(points.map((point) => point.y)).toEqual([1, 2, 8, 9])
  })

  it('shows a window with one point beyond each edge', () => {
    const xs = decimate(line([0, 1, 2, 3, 4, 5, 6, 7]), 3, 5, 100).map((point) => point.x)
    expect(xs).toEqual([2, 3, 4, 5, 6])
  })

  it('leaves out what is no number and what lies beyond the length', () => {
    const points = { ...line([1, Number.NaN, Number.POSITIVE_INFINITY, 4, 5, 6]), length: 5 }
    expect(decimate(points, 0, 10, 100).map((point) => point.y)).toEqual([1, 4, 5])
  })

  it.each([
    [[], 0, 10],
    [[7], 0, 0],
  ])('takes %j without complaint', (values, from, to) => {
    expect(decimate(line(values), from, to, 100).map((point) => point.y)).toEqual(values)
  })
})
