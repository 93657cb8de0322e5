import { describe, expect, it } from 'vitest'
import { besideEachOther, spread } from './end-labels'

describe('spread', () => {
  it.each([
    ['leaves room where there is room', [20, 60], [20, 60]],
    ['moves a pair apart', [50, 52], [50, 66]],
    ['keeps the order of values, not of lines', [52, 50], [66, 50]],
    ['stays above the bottom', [98, 99], [76, 92]],
    ['stays below the top', [-5, 0], [8, 24]],
  ])('%s', (_, wanted, expected) => expect(spread(wanted, 0, 100, 16)).toEqual(expected))

  it('leaves at least a line between any two, wherever they begin', () => {
    const wanted = Array.from({ length: 6 }, (_, index) => (index * 37) % 50)
    const placed = spread(wanted, 0, 200, 16).sort((a, b) => a - b)
    for (let index = 1; index < placed.length; index++)
      expect(placed[index]! - placed[index - 1]!).toBeGreaterThanOrEqual(16)
  })
})

describe('besideEachOther', () => {
  it.each([
    [[], []],
    [
      [500, 480, 900],
      [[480, 500], [900]],
    ],
    [
      [100, 200, 300, 500],
      [[100, 200, 300], [500]],
    ],
  ])('%j', (ends, groups) => {
    const labels = ends.map((x) => ({ label: '', value: '', colour: '', bold: false, x, y: 0 }))
    expect(besideEachOther(labels).map((group) => group.map(({ x }) => x))).toEqual(groups)
  })
})
