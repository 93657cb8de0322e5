/** Hertz to mel as in Slaney's Auditory Toolbox (1998): straight up to 1000 Hz, logarithmic above. */
export function toMel(hertz: number): number {
  return hertz < 1000 ? hertz / step : 15 + Math.log(hertz / 1000) / logStep
}

/** Mel to hertz, the inverse of `toMel`. */
export function fromMel(mel: number): number {
  return mel < 15 ? mel * step : 1000 * Math.exp(logStep * (mel - 15))
}

const step = 200 / 3
const logStep = Math.log(6.4) / 27

/**
 * Triangular filters that sum power spectra (`size / 2 + 1` values) into bands, each of unit area, as Slaney's: row by
 * row `[bands, size / 2 + 1]`.
 */
export function melFilters(rate: number, size: number, bands: number, lowest: number, highest: number): Float32Array[] {
  const [from, to] = [toMel(lowest), toMel(highest)]
  const corners = Array.from({ length: bands + 2 }, (_, i) => fromMel(from + ((to - from) * i) / (bands + 1)))
  return Array.from({ length: bands }, (_, band) => {
    const [left = 0, peak = 0, right = 0] = corners.slice(band, band + 3)
    return Float32Array.from({ length: size / 2 + 1 }, (_, bin) => {
      const frequency = (bin * rate) / size
      const rise = (frequency - left) / (peak - left)
      const fall = (right - frequency) / (right - peak)
      return (Math.max(0, Math.min(rise, fall)) * 2) / (right - left)
    })
  })
}
