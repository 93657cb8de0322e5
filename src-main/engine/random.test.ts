import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSeed, permutation, seededRandom } from './random'

/** The authors' reference code in whole numbers without a size, as an oracle. */
function reference(state: bigint[]): () => number {
  const word = (value: bigint) => value & 0xffffffffn
  const rotate = (value: bigint, count: bigint) => word((value << count) | (value >> (32n - count)))
  const s = [...state]
  return () => {
    const result = word(rotate(word(s[1]! * 5n), 7n) * 9n)
    const t = word(s[1]! << 9n)
    s[2]! ^= s[0]!
    s[3]! ^= s[1]!
    s[1]! ^= s[2]!
    s[0]! ^= s[3]!
    s[2]! ^= t
    s[3] = rotate(s[3]!, 11n)
    return Number(result)
  }
}

function splitMix(seed: number): bigint[] {
  const word = (value: bigint) => value & 0xffffffffn
  return [1n, 2n, 3n, 4n].map((n) => {
    let z = word(BigInt(seed) + 0x9e3779b9n * n)
    z = word((z ^ (z >> 16n)) * 0x85ebca6bn)
    z = word((z ^ (z >> 13n)) * 0xc2b2ae35n)
    return z ^ (z >> 16n)
  })
}

describe('the generator', () => {
  it('gives the numbers of the reference code', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (seed) => {
        const own = seededRandom(seed)
        const other = reference(splitMix(seed))
        for (let n = 0; n < 20; n++) expect(own.next()).toBe(other())
      }),
      { numRuns: 50 },
    )
  })

  it('spreads evenly below a bound', () => {
    const random = seededRandom(7)
    const counts = new Array<number>(10).fill(0)
    for (let n = 0; n < 100_000; n++) counts[random.below(10)]! += 1
    // 10,000 each is expected with a standard deviation of 95.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })
})

describe('derived seeds', () => {
  it('differ by use and seed and repeat', () => {
    const uses: (readonly [number, ...(string | number)[]])[] = [
      [1, 'shuffle', 1],
      [1, 'shuffle', 2],
      [1, 'shuffle', 12],
      [1, 'shuffle1', 2],
      [2, 'shuffle', 1],
      [1, 'split'],
    ]
    const seeds = uses.map(([seed, ...use]) => deriveSeed(seed, ...use))
    expect(new Set(seeds).size).toBe(seeds.length)
    expect(uses.map(([seed, ...use]) => deriveSeed(seed, ...use))).toEqual(seeds)
    for (const seed of seeds) expect(seed).toBeLessThan(2 ** 31)
  })
})

describe('a permutation', () => {
  it('holds every number once and repeats by seed', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(), (count, seed) => {
        const order = permutation(count, seededRandom(seed))
        expect([...order].sort((one, other) => one - other)).toEqual(Array.from({ length: count }, (_, n) => n))
        expect(permutation(count, seededRandom(seed))).toEqual(order)
      }),
    )
  })

  it('lets every order of three happen equally often', () => {
    const random = seededRandom(3)
    const counts = new Map<string, number>()
    for (let n = 0; n < 6000; n++) {
      const order = permutation(3, random).join()
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // 1,000 each is expected with a standard deviation of 29.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})
