import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { seededRandom } from '../../../random'
import { askOracle, oracleMissing } from '../../../testing/oracle'
import { decodeQuickly } from './quick-jpeg'

const random = seededRandom(21)
const cases = Array.from({ length: 120 }, (_, n) => {
  const [height, width, channels] = [1 + random.below(40), 1 + random.below(50), n % 4 === 3 ? 1 : 3] as const
  const step = 1 + random.below(40)
  const values = Array.from({ length: height * width * channels }, (_, at) =>
    n % 3 === 0 ? random.below(256) : Math.floor(at / step) % 256,
  )
  const quality = n % 10 === 0 ? 100 : 1 + random.below(100)
  return {
    shape: [height, width, channels],
    values,
    quality,
    optimize: n % 2 === 0,
    progressive: n % 7 < 3,
    halved: n % 5 < 2,
  }
})

describe.skipIf(oracleMissing)('JPEG files of TensorFlow', () => {
  it('have the very pixels that TensorFlow reads', async () => {
    const answer = z.array(z.object({ file: z.base64(), values: z.base64() }))
    let quick = 0
    for (const [n, { file, values }] of (await askOracle('jpeg_files.py', cases, answer)).entries()) {
      const pixels = decodeQuickly(Buffer.from(file, 'base64'), 1e6)
      const { shape, halved } = cases[n]!
      // Colours of so narrow a picture are widened otherwise.
      const narrow = shape[2] === 3 && halved && shape[1]! <= 4
      expect([n, pixels === undefined]).toEqual([n, narrow])
      if (!pixels) continue
      quick += 1
      expect([n, pixels.height, pixels.width, pixels.channels]).toEqual([n, ...shape])
      expect([n, Buffer.from(pixels.values).toString('base64')]).toEqual([n, values])
    }
    expect(quick).toBeGreaterThan(100)
  })
})
