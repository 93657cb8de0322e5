import type { RandomSource } from './random'

const bits = 12

/** Made when first needed: it takes some milliseconds, and not everybody who knows augmentations does them. */
let table: Float32Array | undefined

/**
 * Quantiles of the normal distribution at the middles of equal shares, of deviation 1: to draw one of them takes a small
 * part of what a logarithm and a cosine take, which shows with every value of every sample. They reach 3.7 deviations.
 */
function quantiles(): Float32Array {
  const values = Float32Array.from({ length: 2 ** bits }, (_, n) => quantile((n + 0.5) / 2 ** bits))
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length)
  return values.map((value) => value / deviation)
}

/** Where the normal distribution reaches a share: Newton's steps on its integral, a series by Marsaglia (2004). */
function quantile(share: number): number {
  let x = 0
  for (let n = 0; n < 60; n++) {
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
    const step = (integral(x, density) - share) / density
    x -= Math.max(-1, Math.min(1, step))
    if (Math.abs(step) < 1e-9) break
  }
  return x
}

function integral(x: number, density: number): number {
  let [sum, term] = [x, x]
  for (let n = 3; Math.abs(term) > 1e-16; n += 2) {
    term *= (x * x) / n
    sum += term
  }
  return 0.5 + sum * density
}

/** Adds normally distributed noise of a deviation to values, in place. */
export function addNoise(values: Float32Array, deviation: number, random: RandomSource): void {
  const drawn = (table ??= quantiles())
  const mask = 2 ** bits - 1
  let at = 0
  // One random number has bits for two.
  for (; at + 1 < values.length; at += 2) {
    const number = random.next()
    values[at] = (values[at] ?? 0) + deviation * (drawn[number >>> (32 - bits)] ?? 0)
    values[at + 1] = (values[at + 1] ?? 0) + deviation * (drawn[(number >>> 4) & mask] ?? 0)
  }
  if (at < values.length) values[at] = (values[at] ?? 0) + deviation * (drawn[random.next() >>> (32 - bits)] ?? 0)
}
