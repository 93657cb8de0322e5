import { describe, expect, it } from 'vitest'
import type { SpectrogramSettings } from '@shared/data/sound-form'
import { fourier } from './fft'
import { fromMel, melFilters, toMel } from './mel'
import librosa from '../../testing/sounds/spectrograms.json'
import { spectrogramMaker, spectrogramShape } from './spectrogram'

const linear: SpectrogramSettings = {
  size: 64,
  window: 64,
  hop: 16,
  bands: { kind: 'linear' },
  scale: 'power',
  range: 80,
}

/** The sound of the figures that librosa gave: a chirp with a click. */
function chirp(length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => 0.5 * Math.sin(0.01 * n + 0.0004 * n * n) + (n === 700 ? 0.4 : 0))
}

describe('fourier', () => {
  it.each([1, 2, 8, 64, 512])('gives the sum of %i terms', (length) => {
    const real = Float64Array.from({ length }, (_, n) => Math.sin(n * n + 1))
    const imaginary = Float64Array.from({ length }, (_, n) => Math.cos(3 * n * n))
    const [re, im] = [real.slice(), imaginary.slice()]
    fourier(length).transform(re, im)
    for (const k of new Set([0, 1 % length, length >> 1, length - 1])) {
      let [sumRe, sumIm] = [0, 0]
      for (let n = 0; n < length; n++) {
        const angle = (-2 * Math.PI * k * n) / length
        sumRe += real[n]! * Math.cos(angle) - imaginary[n]! * Math.sin(angle)
        sumIm += real[n]! * Math.sin(angle) + imaginary[n]! * Math.cos(angle)
      }
      expect(re[k]).toBeCloseTo(sumRe, 9)
      expect(im[k]).toBeCloseTo(sumIm, 9)
    }
  })

  it.each([0, 3, 100])('refuses %i', (length) => {
    expect(() => fourier(length)).toThrow(RangeError)
  })
})

describe('mel', () => {
  it.each([0, 200, 999, 1000, 1001, 4000, 22_050])('comes back to %d Hz', (hertz) => {
    expect(fromMel(toMel(hertz))).toBeCloseTo(hertz, 6)
  })

  it('has filters of unit area', () => {
    // A fine grid, so that the sums are near the areas.
    for (const filter of melFilters(16_000, 2 ** 16, 20, 50, 8000)) {
      const area = filter.reduce((sum, weight) => sum + weight, 0) * (16_000 / 2 ** 16)
      expect(area).toBeCloseTo(1, 2)
    }
  })
})

describe('spectrogramMaker', () => {
  it('is the power of the windowed transform around each hop', () => {
    const samples = chirp(300)
    const { height, width, values } = spectrogramMaker(linear, 8000)(samples)
    expect([height, width]).toEqual([33, 19])
    for (const column of [0, 7, 18]) {
      for (const bin of [0, 1, 13, 32]) {
        let [re, im] = [0, 0]
        for (let n = 0; n < 64; n++) {
          const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 64)
          const sample = samples[column * 16 - 32 + n] ?? 0
          re += weight * sample * Math.cos((2 * Math.PI * bin * n) / 64)
          im += weight * sample * Math.sin((2 * Math.PI * bin * n) / 64)
        }
        expect(values[(32 - bin) * width + column]).toBeCloseTo(re * re + im * im, 4)
      }
    }
  })

  it.each(librosa.spectrograms)('agrees with librosa: $name', ({ settings, rate, length, shape, values }) => {
    const found = spectrogramMaker(settings as SpectrogramSettings, rate)(chirp(length))
    expect([found.height, found.width]).toEqual(shape)
    // Rows of librosa begin with the lowest band.
    const flipped = values.map(
      (_, n) => found.values[(shape[0]! - 1 - Math.floor(n / shape[1]!)) * shape[1]! + (n % shape[1]!)]!,
    )
    const scale = Math.max(...values.map(Math.abs))
    const worst = Math.max(...values.map((value, n) => Math.abs(value - flipped[n]!)))
    expect(worst / scale).toBeLessThan(2e-5)
  })

  it('gives no infinities for silence', () => {
    const { values } = spectrogramMaker({ ...linear, scale: 'decibel' }, 8000)(new Float32Array(100))
    expect(new Set(values)).toEqual(new Set([-100]))
  })

  it('knows its shape before', () => {
    const mel: SpectrogramSettings = { ...linear, bands: { kind: 'mel', count: 12, lowest: 0, highest: 4000 } }
    for (const settings of [linear, mel]) {
      for (const frames of [1, 15, 16, 300]) {
        const { height, width } = spectrogramMaker(settings, 8000)(new Float32Array(frames))
        expect(spectrogramShape(settings, frames)).toEqual([height, width])
      }
    }
  })

  const mel = (count: number, lowest: number, highest: number) => ({ kind: 'mel', count, lowest, highest }) as const
  it.each<[Partial<SpectrogramSettings>, string | undefined]>([
    [{}, undefined],
    [{ size: 100 }, 'spectrogram-size'],
    [{ size: 2 ** 20 }, 'spectrogram-size'],
    [{ window: 65 }, 'spectrogram-window'],
    [{ window: 1 }, 'spectrogram-window'],
    [{ window: 40.5 }, 'spectrogram-window'],
    [{ hop: 1.5 }, 'spectrogram-hop'],
    [{ hop: 0 }, 'spectrogram-hop'],
    [{ range: 0 }, 'spectrogram-range'],
    [{ bands: mel(8, 0, 4000) }, undefined],
    [{ bands: mel(8, 0, 4001) }, 'spectrogram-bands'],
    [{ bands: mel(8, 500, 500) }, 'spectrogram-bands'],
    [{ bands: mel(0, 0, 4000) }, 'spectrogram-bands'],
    [{ bands: mel(33, 0, 4000) }, 'spectrogram-bands'],
  ])('says what is wrong with %j', (change, problem) => {
    const settings = { ...linear, ...change }
    const make = () => spectrogramMaker(settings, 8000)
    if (problem) expect(make).toThrow(expect.objectContaining({ code: problem }))
    else expect(make).not.toThrow()
  })
})
