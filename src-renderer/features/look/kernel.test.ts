import { describe, expect, it } from 'vitest'
import { filterNumbers, kernelBounds, tileSide } from './kernel'

/** 1 × 2 places, two inputs, two filters: filter 0 holds 3, 0, 4, 0, filter 1 holds -1, -2, -3, 6. */
const kernel = { shape: [1, 2, 2, 2], values: Float32Array.of(3, -1, 0, -2, 4, -3, 0, 6) }

describe('the numbers of a filter', () => {
  it.each([
    [0, { lowest: 0, highest: 4, mean: 1.75, norm: 5 }],
    [1, { lowest: -3, highest: 6, mean: 0, norm: Math.sqrt(50) }],
  ])('are taken over all its channels and over no other filter (%i)', (filter, expected) => {
    expect(filterNumbers(kernel, filter)).toEqual(expected)
  })

  it('have bounds over the whole kernel', () => {
    expect(kernelBounds(kernel.values)).toEqual([-3, 6])
    expect(kernelBounds(new Float32Array())).toEqual([0, 0])
  })
})

describe('the side of a tile', () => {
  const sizes = { sides: [20, 40, 80], gap: 0, caption: 10, sizeOf: (side: number) => ({ width: side, height: side }) }
  it.each([
    ['the largest that fits', 4, { width: 160, height: 180 }, 80],
    ['smaller where the rows would not fit', 4, { width: 160, height: 179 }, 40],
    ['the smallest where none fits', 1000, { width: 160, height: 100 }, 20],
    ['never wider than the place', 1, { width: 60, height: 900 }, 40],
    ['the smallest while the place is not measured', 4, { width: 0, height: 0 }, 20],
  ])('is %s', (_name, count, room, side) => {
    expect(tileSide(count, room, sizes)).toBe(side)
  })

  it('counts with what a tile measures', () => {
    const sizeOf = (side: number) => ({ width: 3 * side, height: side })
    expect(tileSide(2, { width: 240, height: 180 }, { ...sizes, sizeOf })).toBe(80)
    expect(tileSide(2, { width: 239, height: 180 }, { ...sizes, sizeOf })).toBe(40)
  })
})
