import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemsIn, type Cells } from './band-items'

/** Every item by itself. */
function touching(box: { left: number; top: number; right: number; bottom: number }, cells: Cells): number[] {
  const { count, columns, width, height, gap, padding } = cells
  return Array.from({ length: count }, (_value, item) => item).filter((item) => {
    const left = padding + (item % columns) * (width + gap)
    const top = padding + Math.floor(item / columns) * (height + gap)
    return box.left <= left + width && box.right >= left && box.top <= top + height && box.bottom >= top
  })
}

describe('the items that a rectangle touches', () => {
  it('are those of which some of it lies over', () => {
    const place = fc.integer({ min: 0, max: 400 })
    fc.assert(
      fc.property(
        fc.record({
          count: fc.nat({ max: 60 }),
          columns: fc.integer({ min: 1, max: 7 }),
          width: fc.integer({ min: 1, max: 60 }),
          height: fc.integer({ min: 1, max: 60 }),
          gap: fc.nat({ max: 9 }),
          padding: fc.nat({ max: 20 }),
        }),
        fc.tuple(place, place, place, place),
        (cells, [one, other, high, low]) => {
          const box = {
            left: Math.min(one, other),
            right: Math.max(one, other),
            top: Math.min(high, low),
            bottom: Math.max(high, low),
          }
          expect(itemsIn(box, cells)).toEqual(touching(box, cells))
        },
      ),
    )
  })

  it('are none between two of them', () => {
    const cells = { count: 4, columns: 2, width: 10, height: 10, gap: 6, padding: 12 }
    expect(itemsIn({ left: 23, right: 27, top: 0, bottom: 90 }, cells)).toEqual([])
    expect(itemsIn({ left: 0, right: 5, top: 0, bottom: 90 }, cells)).toEqual([])
    expect(itemsIn({ left: 50, right: 90, top: 0, bottom: 90 }, cells)).toEqual([])
  })
})
