import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointField, throughWindow, windowCount, type Window } from './arithmetic'

/** Every start at which a window lies wholly within `size` samples, found by trying. */
function placesInside(size: number, { kernel, stride, dilation = 1 }: Window): number {
  let count = 0
  for (let start = 0; start < size; start += stride) {
    const taps = Array.from({ length: kernel }, (_, tap) => start + tap * dilation)
    if (taps.every((tap) => tap < size)) count += 1
  }
  return count
}

const windows = fc.record({
  kernel: fc.integer({ min: 1, max: 9 }),
  stride: fc.integer({ min: 1, max: 5 }),
  dilation: fc.integer({ min: 1, max: 3 }),
})

describe('windowCount', () => {
  it('counts the places of a valid window as trying each one does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), windows, (size, window) => {
        expect(Math.max(0, windowCount(size, window, 'valid'))).toBe(placesInside(size, window))
      }),
    )
  })

  it('gives one place per started stride where the edge is padded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), windows, (size, window) => {
        const starts = Array.from({ length: size }, (_, start) => start).filter((start) => start % window.stride === 0)
        expect(windowCount(size, window, 'same')).toBe(starts.length)
      }),
    )
  })

  // Figures of Keras 2's `conv_output_length` for the same arguments.
  it.each([
    [28, { kernel: 3, stride: 1 }, 'valid', 26],
    [227, { kernel: 11, stride: 4 }, 'valid', 55],
    [224, { kernel: 7, stride: 2 }, 'same', 112],
    [7, { kernel: 3, stride: 1, dilation: 3 }, 'valid', 1],
    [5, { kernel: 2, stride: 2 }, 'valid', 2],
    [4, { kernel: 4, stride: 3 }, 'valid', 1],
  ] as const)('%i samples, %o, %s: %i places', (size, window, padding, places) => {
    expect(windowCount(size, window, padding)).toBe(places)
  })

  it.each([
    [3, { kernel: 5, stride: 1 }],
    [4, { kernel: 3, stride: 1, dilation: 2 }],
    [1, { kernel: 64, stride: 64 }],
  ])('%i samples are too few for %o', (size, window) => {
    expect(windowCount(size, window, 'valid')).toBeLessThan(1)
  })
})

describe('throughWindow', () => {
  /** The samples of the network's input that the output at `place` of stacked windows sees. */
  function seen(place: number, stack: readonly Window[]): Set<number> {
    return [...stack].reverse().reduce(
      (samples, { kernel, stride, dilation = 1 }) => {
        const below = new Set<number>()
        for (const sample of samples) for (let tap = 0; tap < kernel; tap++) below.add(sample * stride + tap * dilation)
        return below
      },
      new Set([place]),
    )
  }

  it('spans what stacked windows see, and steps as they step', () => {
    fc.assert(
      fc.property(fc.array(windows, { maxLength: 4 }), (stack) => {
        const field = stack.reduce(throughWindow, pointField)
        const [first, second] = [seen(0, stack), seen(1, stack)]
        expect(field.size).toBe(Math.max(...first) - Math.min(...first) + 1)
        expect(field.stride).toBe(Math.min(...second) - Math.min(...first))
      }),
    )
  })
})
