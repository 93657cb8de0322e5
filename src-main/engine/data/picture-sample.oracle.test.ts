import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { seededRandom } from '../random'
import { askOracle, oracleMissing } from '../testing/oracle'
import { pictureSample } from './picture-sample'

const sizes = [
  { from: [40, 56], to: [16, 16] },
  { from: [56, 40], to: [16, 24] },
  { from: [33, 31], to: [32, 32] },
  { from: [9, 12], to: [20, 14] },
  { from: [3, 90], to: [10, 10] },
  { from: [1, 1], to: [3, 5] },
]
const random = seededRandom(11)
const cases = sizes.flatMap(({ from, to }) =>
  [false, true].map((crop) => ({
    from,
    to,
    crop,
    values: Array.from({ length: from[0]! * from[1]! * 3 }, () => random.below(256)),
  })),
)

describe.skipIf(oracleMissing)('a picture brought to another size', () => {
  let answers: number[][]
  beforeAll(async () => (answers = await askOracle('keras_resize.py', cases, z.array(z.array(z.number())))))

  it.each(cases.map((one, n) => [one.from.join(' × '), one.to.join(' × '), one.crop ? 'fill' : 'stretch', n] as const))(
    'from %s to %s (%s) is Keras’s within 1',
    (_from, _to, resize, n) => {
      const { from, to, values } = cases[n]!
      const decoded = { shape: [...from, 3], values: Uint8Array.from(values), notes: [] }
      const sample = pictureSample(
        { kind: 'picture', format: 'PNM', dtype: 'uint8', ...decoded },
        { shape: [...to, 3], resize },
      )
      const expected = answers[n]!
      expect(sample).toHaveLength(expected.length)
      expect(Math.max(...expected.map((value, at) => Math.abs(value - sample[at]!)))).toBeLessThanOrEqual(1)
    },
  )
})
