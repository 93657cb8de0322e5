import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { seededRandom } from '../../random'
import { askOracle, oracleMissing } from '../../testing/oracle'
import { scaleVolume } from './fit-volume'

const random = seededRandom(5)
const cases = [
  { shape: [4, 5, 6, 1], to: [8, 10, 9] },
  { shape: [12, 9, 20, 2], to: [5, 4, 7] },
  { shape: [3, 16, 8, 3], to: [7, 5, 8] },
  { shape: [1, 1, 9, 1], to: [2, 3, 1] },
].map((one) => {
  const count = one.shape.reduce((product, size) => product * size, 1)
  return { ...one, values: Array.from({ length: count }, () => random.below(2000) - 1000) }
})

describe.skipIf(oracleMissing)('a volume scaled to another size', () => {
  let answers: number[][]
  beforeAll(async () => (answers = await askOracle('keras_volumes.py', cases, z.array(z.array(z.number())))))

  it.each(cases.map(({ shape, to }, n) => [shape.join(' × '), to.join(' × '), n] as const))(
    'from %s to %s is Keras’s, axis by axis',
    (_from, _to, n) => {
      const { shape, values, to } = cases[n]!
      const scaled = scaleVolume({ shape, values }, to)
      const expected = answers[n]!
      expect(scaled).toHaveLength(expected.length)
      expect(Math.max(...expected.map((value, at) => Math.abs(value - scaled[at]!)))).toBeLessThan(2e-3)
    },
  )
})
