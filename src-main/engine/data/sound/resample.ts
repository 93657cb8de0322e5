import { besselI0 } from './bessel'
import { channelOf, fromChannels, type Sound } from './sound'

/**
 * Change of rate by a windowed sinc, as in J. O. Smith, "Digital Audio Resampling" (ccrma.stanford.edu/~jos/resample):
 * each new sample is a weighted sum of the old ones around it. With 64 zero crossings on each side and a Kaiser window of
 * 100 dB the pass band is flat up to 0.9 of the lower of both Nyquist frequencies, and all that would alias is gone.
 */
const zeroCrossings = 64
/** Kaiser's formula for an attenuation of 100 dB. */
const beta = 0.1102 * (100 - 8.7)
/** The middle of the slope, in shares of the lower Nyquist frequency: its end is that frequency itself. */
const cutoff = 0.95
/** Steps of the kernel's table in one zero crossing: straight lines between them are right to 130 dB. */
const stepsPerCrossing = 2048
/** So many weights are kept at most, 16 MiB; rates with a larger common period are interpolated each time. */
const keptWeights = 2 ** 21

/** The sound at another rate, `ceil(frames * rate / sound.rate)` frames long; beyond its ends it is silent. */
export function resample(sound: Sound, rate: number): Sound {
  checkRate(sound.rate)
  checkRate(rate)
  if (sound.rate === rate) return sound
  const planes = Array.from({ length: sound.channels }, (_, channel) => channelOf(sound, channel))
  const filter = makeFilter(sound.rate, rate)
  return fromChannels(
    rate,
    planes.map((plane) => filter(plane)),
  )
}

function checkRate(rate: number): void {
  if (!Number.isInteger(rate) || rate < 1) throw new RangeError(`${rate} Hz is no whole sampling rate`)
}

function makeFilter(from: number, to: number): (plane: Float32Array) => Float32Array {
  const divisor = greatestCommonDivisor(from, to)
  const up = to / divisor
  const down = from / divisor
  // Of both rates the lower one's Nyquist frequency bounds the band, in shares of the old one's.
  const band = cutoff * Math.min(1, up / down)
  const reach = Math.ceil(zeroCrossings / band)
  const taps = 2 * reach
  const kernel = kernelTable()
  const rows: (Float64Array | undefined)[] = []
  const keep = up * taps <= keptWeights

  function weights(phase: number, into: Float64Array): Float64Array {
    for (let tap = 0; tap < taps; tap++) {
      const distance = Math.abs((tap - reach + 1 - phase / up) * band) * stepsPerCrossing
      const step = Math.floor(distance)
      const near = kernel[step] ?? 0
      into[tap] = band * (near + (distance - step) * ((kernel[step + 1] ?? 0) - near))
    }
    return into
  }

  const scratch = new Float64Array(taps)
  const rowOf = (phase: number) =>
    keep ? (rows[phase] ??= weights(phase, new Float64Array(taps))) : weights(phase, scratch)

  return (plane) => {
    const result = new Float32Array(Math.ceil((plane.length * up) / down))
    let whole = 0
    let phase = 0
    for (let at = 0; at < result.length; at++) {
      const row = rowOf(phase)
      const first = whole - reach + 1
      const begin = Math.max(0, -first)
      const end = Math.min(taps, plane.length - first)
      let sum = 0
      for (let tap = begin; tap < end; tap++) sum += (row[tap] ?? 0) * (plane[first + tap] ?? 0)
      result[at] = sum
      phase += down
      const steps = Math.floor(phase / up)
      whole += steps
      phase -= steps * up
    }
    return result
  }
}

let table: Float64Array | undefined

/** Half of the kernel, which is even: the sinc function under the Kaiser window, then zeros. */
function kernelTable(): Float64Array {
  if (table) return table
  const length = zeroCrossings * stepsPerCrossing
  table = new Float64Array(length + 2)
  for (let step = 0; step < length; step++) {
    const x = step / stepsPerCrossing
    const sinc = step === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    table[step] = (sinc * besselI0(beta * Math.sqrt(1 - (step / length) ** 2))) / besselI0(beta)
  }
  return table
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
