import { describe, expect, it } from 'vitest'
import { tf } from '../../tf'
import { SeededDropout } from './seeded-dropout'

const size = 40_000
function drop(options: { rate?: number; seed?: number; step?: number; training?: boolean } = {}): number[] {
  const { rate = 0.3, seed = 1, step = 1, training = true } = options
  const layer = new SeededDropout({ rate, seed, name: 'it' })
  layer.step = step
  const result = tf.tidy(() => layer.call(tf.ones([4, size / 4]), { training }).dataSync())
  return [...result]
}

describe('seeded dropout', () => {
  it('drops its share and enlarges what it keeps, so that the mean stays', () => {
    for (const rate of [0.1, 0.3, 0.5, 0.9]) {
      const values = drop({ rate })
      const dropped = values.filter((value) => value === 0).length / size
      // The standard deviation of the share is at most 0.0025.
      expect(Math.abs(dropped - rate)).toBeLessThan(0.013)
      const kept = new Set(values.filter((value) => value !== 0))
      expect([...kept].map((value) => value * (1 - rate))).toEqual([expect.closeTo(1, 5)])
    }
  })

  it('draws another mask at every step and for every seed, and the same one again', () => {
    expect(drop()).toEqual(drop())
    for (const other of [drop({ step: 2 }), drop({ seed: 2 })]) {
      const same = drop().filter((value, n) => value === other[n]).length / size
      // Two independent masks agree with probability 0.3² + 0.7² = 0.58.
      expect(Math.abs(same - 0.58)).toBeLessThan(0.02)
    }
  })

  it('does nothing outside of training and at rate 0', () => {
    expect(new Set(drop({ training: false }))).toEqual(new Set([1]))
    expect(new Set(drop({ rate: 0 }))).toEqual(new Set([1]))
  })

  it('leads the gradient through what was kept', () => {
    const layer = new SeededDropout({ rate: 0.5, seed: 3, name: 'it' })
    layer.step = 7
    tf.tidy(() => {
      const input = tf.randomNormal([5, 6], 0, 1, 'float32', 1)
      const output = layer.call(input, { training: true })
      const gradient = tf.grad((x) => layer.call(x, { training: true }).square().sum())(input)
      // d/dx of (m·x)² is 2·m²·x = 2·m·output, and m is 0 or 2.
      const expected = output.mul(4)
      expect([...gradient.dataSync()]).toEqual([...expected.dataSync()].map((value) => expect.closeTo(value, 5)))
    })
  })
})
