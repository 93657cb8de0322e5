import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutAxes, sliceCount, sliceOf, valueAt } from './slices'
import { channelsOf, columnBounds, timeStep } from './waves'
import { fittingZoom, nextZoom, zoomLevels } from './zoom'

describe('slices of a volume', () => {
  const size = fc.integer({ min: 1, max: 5 })
  const axis = fc.constantFrom(...cutAxes)

  it('all along any axis hold each value exactly once', () => {
    fc.assert(
      fc.property(size, size, size, fc.integer({ min: 1, max: 3 }), axis, (depth, height, width, channels, along) => {
        const shape = [depth, height, width, channels]
        const data = Uint8Array.from({ length: depth * height * width * channels }, (_, n) => n % 251)
        const found = Array.from({ length: sliceCount(shape, along) }, (_, n) => [
          ...sliceOf(shape, data, along, n).data,
        ])
        expect(found.flat().sort()).toEqual([...data].sort())
      }),
    )
  })

  it.each([
    [
      'depth',
      1,
      [
        [10, 11, 12],
        [13, 14, 15],
      ],
    ],
    [
      'height',
      1,
      [
        [3, 4, 5],
        [13, 14, 15],
      ],
    ],
    [
      'width',
      2,
      [
        [2, 5],
        [12, 15],
      ],
    ],
  ] as const)('across the %s, at %i', (along, n, rows) => {
    // Two slices of two rows of three, counted up; the second from 10 on.
    const data = Uint8Array.of(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15)
    const { width, data: found } = sliceOf([2, 2, 3, 1], data, along, n)
    expect(width).toBe(rows[0].length)
    expect([...found]).toEqual(rows.flat())
    expect(data[valueAt([2, 2, 3, 1], along, n, 1, 1)]).toBe(rows[1][1])
  })
})

describe('waves', () => {
  it('parts frames into channels', () => {
    expect(channelsOf([1, -1, 2, -2, 3, -3], 2).map((one) => [...one])).toEqual([
      [1, 2, 3],
      [-1, -2, -3],
    ])
  })

  it('no column misses a peak, and neighbours touch', () => {
    const samples = fc.float32Array({ minLength: 1, maxLength: 60, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 80 }), (values, columns) => {
        const bounds = columnBounds(values, columns)
        const lows = [...bounds].filter((_, n) => n % 2 === 0)
        const highs = [...bounds].filter((_, n) => n % 2 === 1)
        expect(Math.min(...lows)).toBe(Math.min(...values))
        expect(Math.max(...highs)).toBe(Math.max(...values))
        for (let n = 1; n < columns; n++) {
          expect(lows[n]!).toBeLessThanOrEqual(highs[n - 1]!)
          expect(highs[n]!).toBeGreaterThanOrEqual(lows[n - 1]!)
        }
      }),
    )
  })

  it.each([
    [1, 5, 0.2],
    [1, 4, 0.5],
    [30, 6, 5],
    [0.02, 4, 0.005],
  ])('%d s with at most %i marks: every %d s', (seconds, most, step) =>
    expect(timeStep(seconds, most)).toBeCloseTo(step, 9),
  )
})

describe('zoom', () => {
  const box = { height: 200, width: 300 }
  it.each([
    ['whole pixels of the screen', 28, 28, 1, 7],
    ['of which two make a pixel', 30, 30, 2, 6.5],
    ['the side that is tight counts', 10, 100, 1, 3],
    ['less than one where it is larger', 400, 400, 1, 0.5],
  ])('%s', (_name, height, width, ratio, zoom) => expect(fittingZoom({ height, width }, box, ratio)).toBe(zoom))

  it('goes through all levels and stays at the last', () => {
    let zoom = zoomLevels[0]!
    const seen = [zoom]
    for (let next = nextZoom(zoom, 1); next !== zoom; next = nextZoom(zoom, 1)) seen.push((zoom = next))
    expect(seen).toEqual(zoomLevels)
    expect(nextZoom(7, -1)).toBe(6)
    expect(nextZoom(7, 1)).toBe(8)
  })
})
