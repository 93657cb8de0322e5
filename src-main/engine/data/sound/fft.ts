/** A plan for discrete Fourier transforms of one length. */
export interface Fourier {
  readonly length: number
  /** Transforms complex numbers in place: X[k] = sum of x[n] exp(-2 pi i k n / length). */
  transform(real: Float64Array, imaginary: Float64Array): void
}

/** Plans the transform of Cooley and Tukey (1965), radix 2, for a power of two. */
export function fourier(length: number): Fourier {
  if (length < 1 || !Number.isInteger(Math.log2(length))) throw new RangeError(`${length} is no power of two`)
  const cosines = Float64Array.from({ length: length / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / length))
  const sines = Float64Array.from({ length: length / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / length))
  const mirrored = bitReversal(length)

  return {
    length,
    transform(real, imaginary) {
      for (let i = 0; i < length; i++) {
        const j = mirrored[i] ?? 0
        if (j > i) {
          swap(real, i, j)
          swap(imaginary, i, j)
        }
      }
      for (let half = 1, stride = length / 2; half < length; half *= 2, stride /= 2) {
        for (let start = 0; start < length; start += 2 * half) {
          for (let k = 0; k < half; k++) {
            const c = cosines[k * stride] ?? 0
            const s = sines[k * stride] ?? 0
            const even = start + k
            const odd = even + half
            const oddReal = real[odd] ?? 0
            const oddImaginary = imaginary[odd] ?? 0
            const turnedReal = oddReal * c - oddImaginary * s
            const turnedImaginary = oddReal * s + oddImaginary * c
            const evenReal = real[even] ?? 0
            const evenImaginary = imaginary[even] ?? 0
            real[even] = evenReal + turnedReal
            imaginary[even] = evenImaginary + turnedImaginary
            real[odd] = evenReal - turnedReal
            imaginary[odd] = evenImaginary - turnedImaginary
          }
        }
      }
    },
  }
}

function bitReversal(length: number): Uint32Array {
  const mirrored = new Uint32Array(length)
  for (let i = 1; i < length; i++) mirrored[i] = ((mirrored[i >> 1] ?? 0) >> 1) | (i & 1 ? length >> 1 : 0)
  return mirrored
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i] ?? 0
  values[i] = values[j] ?? 0
  values[j] = kept
}
