import { describe, expect, it } from 'vitest'
import { inverseMdct } from './mdct'

describe('inverseMdct', () => {
  it.each([8, 32, 128, 1024])('gives what its sum of cosines does, for %i values', (half) => {
    const spectrum = Float64Array.from({ length: half }, (_, k) => Math.sin(k * k + 1))
    const found = new Float64Array(2 * half)
    inverseMdct(half)(spectrum, found)
    for (const n of [0, 1, half / 2 - 1, half / 2, half - 1, half, half + 3, (3 * half) / 2, 2 * half - 1]) {
      const terms = Array.from(
        spectrum,
        (value, k) => value * Math.cos((Math.PI / half) * (n + 0.5 + half / 2) * (k + 0.5)),
      )
      const sum = terms.reduce((total, term) => total + term, 0)
      expect(found[n]).toBeCloseTo(sum, 9)
    }
  })
})
