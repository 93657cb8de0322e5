import { describe, expect, it } from 'vitest'
import { moveInGrid } from './move-in-grid'

// 0 1 2 3
// 4 5 6 7
// 8 9
const size = { count: 10, columns: 4, page: 2 }

describe('moveInGrid', () => {
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 9],
    ['ArrowDown', 8, 8],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['PageDown', 0, 8],
    ['PageDown', 3, 9],
    ['PageUp', 9, 1],
    ['PageUp', 2, 0],
    ['Home', 7, 0],
    ['End', 0, 9],
    ['ArrowDown', null, 0],
    ['End', null, 9],
    ['Enter', 3, null],
    ['a', 3, null],
  ])('%s from %s', (key, from, to) => expect(moveInGrid(key, from, size)).toBe(to))

  it('goes nowhere in an empty grid', () => {
    expect(moveInGrid('ArrowDown', null, { ...size, count: 0 })).toBeNull()
  })
})
