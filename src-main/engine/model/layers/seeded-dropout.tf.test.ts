import { describe, expect, it } from 'vitest'
import { tf } from '../../tf'
import { SeededDropout } from './seeded-dropout'

const size = 40_000
function drop(options: { rate?: number; seed?: number; step?: number; training?: boolean } = {}): number[] {
  const { rate = 0.3, seed = 1, step = 1, training = true } = options
  const layer = new SeededDropout({ rate, seed, wholeChannels: false, name: 'it' })
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
    const layer = new SeededDropout({ rate: 0.5, seed: 3, wholeChannels: false, name: 'it' })
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

  it('drops whole channels, of each sample others, where that is asked for', () => {
    const layer = new SeededDropout({ rate: 0.4, seed: 5, wholeChannels: true, name: 'it' })
    layer.step = 2
    const [samples, places, channels] = [50, 12, 40]
    const values = tf.tidy(() => layer.call(tf.ones([samples, 3, 4, channels]), { training: true }).dataSync())
    const at = (sample: number, place: number, channel: number) =>
      values[(sample * places + place) * channels + channel]
    const masks = Array.from({ length: samples }, (_unused, sample) =>
      Array.from({ length: channels }, (_none, channel) => {
        const seen = Array.from({ length: places }, (_place, place) => at(sample, place, channel))
        expect(new Set(seen).size).toBe(1)
        return seen[0] === 0 ? 1 : 0
      }),
    )
    // Of 2,000 channels, with a standard deviation of 0.011.
    expect(Math.abs(masks.flat().filter((dropped) => dropped === 1).length / (samples * channels) - 0.4)).toBeLessThan(
      0.055,
    )
    expect(new Set(masks.map((mask) => mask.join(''))).size).toBe(samples)
  })
})
