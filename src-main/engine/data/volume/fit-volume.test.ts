import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centerVolume, scaleVolume } from './fit-volume'

const size = fc.integer({ min: 1, max: 6 })
const shape = fc.tuple(size, size, size, fc.integer({ min: 1, max: 2 }))

function volumeOf(sizes: readonly number[]): { shape: readonly number[]; values: Float32Array } {
  const count = sizes.reduce((product, one) => product * one, 1)
  return { shape: sizes, values: Float32Array.from({ length: count }, (_, n) => ((n * 37) % 101) - 50) }
}

describe('centerVolume', () => {
  it('has each voxel of the shared middle where it belongs, and the lowest value around it', () => {
    fc.assert(
      fc.property(shape, fc.tuple(size, size, size), (from, to) => {
        const volume = volumeOf(from)
        const placed = centerVolume(volume, to)
        const lowest = Math.min(...volume.values)
        const channels = from[3]
        // The first place of the volume along an axis, seen from the new one: negative where it is cut.
        const [front, top, left] = [0, 1, 2].map((axis) => {
          const room = to[axis]! - from[axis]!
          return room >= 0 ? Math.floor(room / 2) : -Math.floor(-room / 2)
        }) as [number, number, number]
        let n = 0
        for (let z = 0; z < to[0]; z++) {
          for (let y = 0; y < to[1]; y++) {
            for (let x = 0; x < to[2]; x++) {
              const place = [z - front, y - top, x - left]
              const inside = place.every((at, axis) => at >= 0 && at < from[axis]!)
              const [oldZ = 0, oldY = 0, oldX = 0] = place
              for (let channel = 0; channel < channels; channel++, n++) {
                const old = ((oldZ * from[1] + oldY) * from[2] + oldX) * channels + channel
                expect(placed[n]).toBe(inside ? volume.values[old] : lowest)
              }
            }
          }
        }
        expect(placed).toHaveLength(n)
      }),
      { numRuns: 60 },
    )
  })
})

describe('scaleVolume', () => {
  it('leaves a volume of the wanted size as it is, and one of a single value too, whatever its size', () => {
    fc.assert(
      fc.property(shape, fc.tuple(size, size, size), (from, to) => {
        const volume = volumeOf(from)
        expect(scaleVolume(volume, from)).toEqual(volume.values)
        const even = scaleVolume({ shape: from, values: volume.values.fill(7.25) }, to)
        expect(even).toHaveLength(to[0] * to[1] * to[2] * from[3])
        expect(Math.max(...even.map((value) => Math.abs(value - 7.25)))).toBeLessThan(1e-5)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps the mean where it halves', () => {
    const volume = volumeOf([6, 4, 8, 1])
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, one) => sum + one, 0) / values.length
    expect(mean(scaleVolume({ shape: [2, 2, 2, 1], values: [1, 2, 3, 4, 5, 6, 7, 8] }, [1, 1, 1]))).toBeCloseTo(4.5)
    expect(Math.abs(mean(scaleVolume(volume, [3, 2, 4])) - mean(volume.values))).toBeLessThan(5)
  })
})
