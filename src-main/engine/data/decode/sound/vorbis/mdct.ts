import { fourier } from '../../../sound/fft'

/**
 * Plans inverse modified discrete cosine transforms of `2 * half` values from `half` ones,
 * y[n] = sum of X[k] cos(pi / half (n + 1/2 + half/2)(k + 1/2)): a DCT-IV, by a complex transform of half its length
 * between two rotations, unfolded by its symmetries.
 */
export function inverseMdct(half: number): (spectrum: Float64Array, into: Float64Array) => void {
  const quarter = half / 2
  const plan = fourier(quarter)
  const real = new Float64Array(quarter)
  const imaginary = new Float64Array(quarter)
  const cosines = Float64Array.from({ length: quarter }, (_, k) => Math.cos((Math.PI * (8 * k + 1)) / (8 * half)))
  const sines = Float64Array.from({ length: quarter }, (_, k) => -Math.sin((Math.PI * (8 * k + 1)) / (8 * half)))
  const folded = new Float64Array(half)

  return (spectrum, into) => {
    for (let k = 0; k < quarter; k++) {
      const [a, b] = [spectrum[2 * k] ?? 0, spectrum[half - 1 - 2 * k] ?? 0]
      const [c, s] = [cosines[k] ?? 0, sines[k] ?? 0]
      real[k] = a * c - b * s
      imaginary[k] = a * s + b * c
    }
    plan.transform(real, imaginary)
    for (let k = 0; k < quarter; k++) {
      const [a, b] = [real[k] ?? 0, imaginary[k] ?? 0]
      const [c, s] = [cosines[k] ?? 0, sines[k] ?? 0]
      folded[2 * k] = a * c - b * s
      folded[half - 1 - 2 * k] = -(a * s + b * c)
    }
    for (let n = 0; n < quarter; n++) {
      into[n] = folded[n + quarter] ?? 0
      into[quarter + n] = -(folded[half - 1 - n] ?? 0)
      into[half + n] = -(folded[quarter - 1 - n] ?? 0)
      into[half + quarter + n] = -(folded[n] ?? 0)
    }
  }
}
