import { describe, expect, it } from 'vitest'
import { resample } from './resample'

function sine(rate: number, frequency: number, seconds = 0.5): Float32Array {
  return Float32Array.from({ length: Math.round(rate * seconds) }, (_, n) =>
    Math.sin((2 * Math.PI * frequency * n) / rate),
  )
}

/** The middle of a sound, where its ends play no part. */
function middle(samples: Float32Array): Float32Array {
  return samples.subarray(Math.floor(samples.length / 4), Math.floor((3 * samples.length) / 4))
}

function loudest(samples: Float32Array): number {
  return samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

const decibels = (ratio: number) => 20 * Math.log10(ratio)

describe('resample', () => {
  const pairs = [
    [44_100, 16_000],
    [48_000, 8000],
    [8000, 16_000],
    [11_025, 16_000],
    [22_050, 44_100],
    [16_000, 44_100],
    [44_101, 16_000],
  ] as const

  it.each(pairs)('keeps what lies in the pass band as it is, from %i to %i Hz', (from, to) => {
    const nyquist = Math.min(from, to) / 2
    for (const share of [0.02, 0.3, 0.6, 0.8, 0.9]) {
      const frequency = nyquist * share
      const found = middle(resample({ rate: from, channels: 1, samples: sine(from, frequency) }, to).samples)
      const start = Math.floor(Math.ceil((Math.round(from * 0.5) * to) / from) / 4)
      const error = found.map((value, n) => value - Math.sin((2 * Math.PI * frequency * (start + n)) / to))
      expect(decibels(loudest(error)), `${share} of the band`).toBeLessThan(-80)
    }
  })

  it.each(pairs.filter(([from, to]) => from > to))('lets nothing fold back, from %i to %i Hz', (from, to) => {
    for (const share of [1, 1.05, 1.3, 1.7]) {
      const frequency = (to / 2) * share
      if (frequency >= from / 2) continue
      const found = middle(resample({ rate: from, channels: 1, samples: sine(from, frequency) }, to).samples)
      expect(decibels(loudest(found)), `${share} of the band`).toBeLessThan(-80)
    }
  })

  it.each(pairs.filter(([from, to]) => from < to))('adds nothing above the old band, from %i to %i Hz', (from, to) => {
    // Just below the old Nyquist frequency, where a mirror image would lie just above.
    const frequency = (from / 2) * 0.9
    const image = from - frequency
    const samples = middle(resample({ rate: from, channels: 1, samples: sine(from, frequency) }, to).samples)
    const terms = (part: (x: number) => number) =>
      samples.reduce((sum, value, n) => {
        // A smooth window, so that the sine itself does not spread to where its image would be.
        const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / samples.length)
        return sum + window ** 2 * value * part((2 * Math.PI * image * n) / to)
      }, 0) / samples.length
    expect(decibels(Math.hypot(terms(Math.cos), terms(Math.sin)) * 4)).toBeLessThan(-80)
  })

  it('is as long as the sound, and keeps channels apart', () => {
    const left = sine(8000, 100, 0.1)
    const samples = Float32Array.from({ length: 1600 }, (_, n) => (n % 2 === 0 ? left[n / 2]! : 0))
    const found = resample({ rate: 8000, channels: 2, samples }, 11_025)
    expect(found.samples.length / 2).toBe(Math.ceil((800 * 11_025) / 8000))
    const right = found.samples.filter((_, n) => n % 2 === 1)
    expect(loudest(right)).toBe(0)
    expect(found.samples.filter((_, n) => n % 2 === 0)).toEqual(
      resample({ rate: 8000, channels: 1, samples: left }, 11_025).samples,
    )
  })

  it('gives one sound for one rate, and back what was there within the band', () => {
    const sound = { rate: 8000, channels: 1, samples: sine(8000, 440) }
    expect(resample(sound, 8000)).toBe(sound)
    const back = resample(resample(sound, 44_100), 8000)
    const error = middle(back.samples).map((value, n) => value - middle(sound.samples)[n]!)
    expect(decibels(loudest(error))).toBeLessThan(-80)
  })

  it.each([0, -1, 8000.5, NaN])('refuses a rate of %d', (rate) => {
    expect(() => resample({ rate: 8000, channels: 1, samples: new Float32Array(1) }, rate)).toThrow(RangeError)
  })
})
