import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random'
import { DuplicateFinder } from './fingerprints'

const shape = [16, 16, 3]

function picture(seed: number): Uint8Array {
  const random = seededRandom(seed)
  const corners = Array.from({ length: 12 }, () => random.below(256))
  return Uint8Array.from({ length: 768 }, (_, at) => {
    const [x, y, channel] = [(Math.floor(at / 3) % 16) / 15, Math.floor(at / 48) / 15, at % 3]
    const corner = (n: number) => corners[n * 3 + channel] ?? 0
    return (corner(0) * (1 - x) + corner(1) * x) * (1 - y) + (corner(2) * (1 - x) + corner(3) * x) * y
  })
}

describe('samples that were there before', () => {
  it('are known when they are equal', () => {
    const finder = new DuplicateFinder(shape)
    expect(finder.flagsOf(picture(1), 'train', 0)).toEqual([])
    expect(finder.flagsOf(picture(2), 'train', 0)).toEqual([])
    expect(finder.flagsOf(picture(1), 'train', 0)).toEqual(['duplicate'])
    expect(finder.flagsOf(picture(1), 'test', 1)).toEqual(['duplicate', 'across-parts'])
    expect(finder.counts).toMatchObject({ duplicates: 2, acrossParts: 1, contradictions: 1, nearDuplicates: 0 })
  })

  it('are known when they look alike, and only then', () => {
    const finder = new DuplicateFinder(shape)
    finder.flagsOf(picture(3), 'train', 0)
    const brighter = picture(3).map((value) => Math.min(255, value + 2))
    expect(finder.flagsOf(brighter, 'test', 0)).toEqual(['near-duplicate', 'across-parts'])
    const others = Array.from({ length: 200 }, (_, n) => finder.flagsOf(picture(100 + n), 'train', 0))
    expect(others.flat()).toEqual([])
  })

  it('are compared value by value where they are no pictures', () => {
    const finder = new DuplicateFinder([])
    const sound = Float32Array.from({ length: 100 }, (_, n) => Math.sin(n))
    expect(finder.flagsOf(sound, 'train', 0)).toEqual([])
    expect(
      finder.flagsOf(
        sound.map((value) => value * 0.99),
        'train',
        0,
      ),
    ).toEqual([])
    expect(finder.flagsOf(sound.slice(), 'train', 0)).toEqual(['duplicate'])
  })

  it('are told when they hold one value only', () => {
    const finder = new DuplicateFinder(shape)
    const blank = new Uint8Array(768).fill(7)
    expect([finder.flagsOf(blank, 'train', 0), finder.flagsOf(blank, 'train', 0)]).toEqual([['constant'], ['constant']])
    expect(finder.counts).toMatchObject({ constant: 2, duplicates: 0 })
  })
})
