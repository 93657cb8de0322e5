import type { SpectrogramSettings } from '@shared/data/sound-form'
import { fourier } from './fft'
import { melFilters } from './mel'
import { SpectrogramError } from './spectrogram-error'

/** A picture of a sound: `[bands, spectra]`, the highest band in the first row, time from left to right. */
export interface Spectrogram {
  readonly height: number
  readonly width: number
  readonly values: Float32Array
}

/** The quietest power that has a logarithm; as in librosa. */
const faintest = 1e-10

/** Refuses settings that cannot be used for sounds of a rate, with what is wrong (`SpectrogramError`). */
export function checkSpectrogram(settings: SpectrogramSettings, rate: number): void {
  const { size, window, hop, bands, range } = settings
  if (!Number.isInteger(Math.log2(size)) || size < 16 || size > 2 ** 16)
    throw new SpectrogramError('spectrogram-size', { size })
  if (!Number.isInteger(window) || window < 2 || window > size) {
    throw new SpectrogramError('spectrogram-window', { window, size })
  }
  if (!Number.isInteger(hop) || hop < 1) throw new SpectrogramError('spectrogram-hop', { hop })
  if (!(range > 0)) throw new SpectrogramError('spectrogram-range', { range })
  if (bands.kind === 'linear') return
  const { count, lowest, highest } = bands
  const fits = lowest >= 0 && lowest < highest && highest <= rate / 2
  if (!fits || !Number.isInteger(count) || count < 1 || count > size / 2) {
    throw new SpectrogramError('spectrogram-bands', { count, lowest, highest, rate })
  }
}

/** The shape of the spectrogram of so many frames: `[height, width]`. */
export function spectrogramShape({ size, hop, bands }: SpectrogramSettings, frames: number): [number, number] {
  return [bands.kind === 'mel' ? bands.count : size / 2 + 1, Math.floor(frames / hop) + 1]
}

/** Plans spectrograms at a rate: each spectrum is that around every hop-th frame, with silence beyond both ends. */
export function spectrogramMaker(settings: SpectrogramSettings, rate: number): (samples: Float32Array) => Spectrogram {
  checkSpectrogram(settings, rate)
  const { size, hop, bands, scale } = settings
  const plan = fourier(size)
  const weights = hann(settings.window, size)
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  const power = new Float64Array(size / 2 + 1)
  const filters = bands.kind === 'mel' ? melFilters(rate, size, bands.count, bands.lowest, bands.highest) : undefined
  const spans = filters?.map(spanOf)

  function spectrumAt(samples: Float32Array, center: number): void {
    const start = center - size / 2
    for (let n = 0; n < size; n++) real[n] = (weights[n] ?? 0) * (samples[start + n] ?? 0)
    imaginary.fill(0)
    plan.transform(real, imaginary)
    for (let bin = 0; bin < power.length; bin++) power[bin] = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2
  }

  function bandPower(band: number): number {
    const filter = filters?.[band]
    if (!filter) return power[band] ?? 0
    const { from, to } = spans?.[band] ?? { from: 0, to: 0 }
    let sum = 0
    for (let bin = from; bin < to; bin++) sum += (filter[bin] ?? 0) * (power[bin] ?? 0)
    return sum
  }

  return (samples) => {
    const [height, width] = spectrogramShape(settings, samples.length)
    const values = new Float32Array(height * width)
    for (let column = 0; column < width; column++) {
      spectrumAt(samples, column * hop)
      for (let band = 0; band < height; band++) {
        const value = bandPower(band)
        values[(height - 1 - band) * width + column] = scale === 'magnitude' ? Math.sqrt(value) : value
      }
    }
    if (scale === 'decibel') toDecibels(values, settings.range)
    return { height, width, values }
  }
}

/** Hann's window, periodic, in the middle of a transform. */
function hann(length: number, size: number): Float64Array {
  const weights = new Float64Array(size)
  const start = Math.floor((size - length) / 2)
  for (let n = 0; n < length; n++) weights[start + n] = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length)
  return weights
}

/** The part of a filter that is not zero. */
function spanOf(filter: Float32Array): { from: number; to: number } {
  const from = filter.findIndex((weight) => weight > 0)
  return from < 0 ? { from: 0, to: 0 } : { from, to: filter.findLastIndex((weight) => weight > 0) + 1 }
}

function toDecibels(values: Float32Array, range: number): void {
  let loudest = -Infinity
  for (let n = 0; n < values.length; n++) {
    const decibels = 10 * Math.log10(Math.max(faintest, values[n] ?? 0))
    values[n] = decibels
    loudest = Math.max(loudest, decibels)
  }
  for (let n = 0; n < values.length; n++) values[n] = Math.max(values[n] ?? 0, loudest - range)
}
