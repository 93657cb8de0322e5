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
    ['nothing', [], []],
    ['lines under way, however far apart', [100, 480], [[100, 480]]],
    ['lines under way and one that spans the plot', [100, 480, 900], [[100, 480], [900]]],
    ['all of them where they would meet', [300, 800, 900], [[300, 800, 900]]],
    ['only lines that reach the edge', [900, 900], [[900, 900]]],
  ])('%s', (_, ends, groups) => {
    const labels = ends.map((x) => ({ label: '', value: '', colour: '', bold: false, x, y: 0 }))
    expect(besideEachOther(labels, 900).map((group) => group.map(({ x }) => x))).toEqual(groups)
  })
})
