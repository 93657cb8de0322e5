/** Where augmentations take their random numbers from. */
export interface RandomSource {
  /** A whole number from 0 to 2^32 - 1. */
  next(): number
}

/** A number from `low` to below `high`, evenly distributed. */
export function between(random: RandomSource, low: number, high: number): number {
  return low + (random.next() / 2 ** 32) * (high - low)
}

/** A number from `1 - strength` to `1 + strength`. */
export function factor(random: RandomSource, strength: number): number {
  return between(random, 1 - strength, 1 + strength)
}

/** A normally distributed number of mean 0 and deviation 1 (Box and Muller 1958). */
export function normal(random: RandomSource): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next() / 2 ** 32))
  return radius * Math.cos((2 * Math.PI * random.next()) / 2 ** 32)
}

/** A gamma-distributed number of scale 1 (Marsaglia and Tsang 2000); a shape below 1 by their note on it. */
function gamma(random: RandomSource, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random.next() / 2 ** 32) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    const u = 1 - random.next() / 2 ** 32
    if (v > 0 && Math.log(u) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return d * v
  }
}

/** A number from 0 to 1 with the density of Beta(α, α). */
export function symmetricBeta(random: RandomSource, alpha: number): number {
  const [one, other] = [gamma(random, alpha), gamma(random, alpha)]
  // With a very small α both may vanish: then it is one or the other end.
  return one + other > 0 ? one / (one + other) : random.next() & 1
}
