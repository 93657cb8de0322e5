/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018),
 * its state filled by SplitMix32 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014, with the
 * 32-bit finalizer of MurmurHash3). One seed gives the same numbers in every process and on every machine.
 */
export interface Random {
  /** A whole number from 0 to 2^32 - 1. */
  next(): number
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number
}

const increment = 0x9e3779b9

function finalize(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return (second ^ (second >>> 16)) >>> 0
}

function rotateLeft(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count))
}

/** A generator that begins at a seed (taken modulo 2^32). */
export function seededRandom(seed: number): Random {
  const fill = (n: number) => finalize((seed + Math.imul(increment, n)) >>> 0)
  let [a, b, c, d] = [fill(1), fill(2), fill(3), fill(4)]

  function next(): number {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result
  }

  return { next, below: (bound) => Math.floor((next() / 2 ** 32) * bound) }
}

/**
 * A seed of its own for each use, so that uses do not share numbers: `deriveSeed(1, 'shuffle', 3)` is the same in every
 * process and unlike that of any other use. From 0 to 2^31 - 1.
 */
export function deriveSeed(seed: number, ...use: readonly (string | number)[]): number {
  let hash = finalize(seed >>> 0)
  for (const part of use) {
    for (const character of `${part}\u0000`) hash = finalize((hash ^ (character.codePointAt(0) ?? 0)) + increment)
  }
  return hash >>> 1
}

/** A seed of its own for each of very many numbered uses; from 0 to 2^32 - 1. */
export function numberedSeed(seed: number, number: number): number {
  return finalize((finalize((seed + increment) >>> 0) ^ Math.imul(number + 1, increment)) >>> 0)
}

/** Puts values into random order, in place (Durstenfeld 1964), and returns them. */
export function shuffle<T extends Uint32Array>(values: T, random: Random): T {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const kept = values[last] ?? 0
    values[last] = values[other] ?? 0
    values[other] = kept
  }
  return values
}

/** The numbers from 0 to `count` - 1. */
export function range(count: number): Uint32Array {
  const numbers = new Uint32Array(count)
  // A plain loop: `from` takes a hundred times as long, which shows with millions of samples.
  for (let n = 0; n < count; n++) numbers[n] = n
  return numbers
}

/** The numbers from 0 to `count` - 1 in random order. */
export function permutation(count: number, random: Random): Uint32Array {
  return shuffle(range(count), random)
}
