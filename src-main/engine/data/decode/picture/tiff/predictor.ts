import type { Values } from '../../contract'

/** Rows of samples: `perRow` values to a row, of which each pixel has `samples`. */
interface Rows {
  readonly perRow: number
  readonly samples: number
}

/** Undoes horizontal differencing (TIFF 6.0, section 14), in place. */
export function addUp(values: Values, { perRow, samples }: Rows): void {
  for (let row = 0; row + perRow <= values.length; row += perRow) {
    for (let at = row + samples; at < row + perRow; at++) values[at] = (values[at] ?? 0) + (values[at - samples] ?? 0)
  }
}

/**
 * Undoes the differencing of floating-point numbers (TIFF Technical Note 3): the bytes of a row are sorted by their
 * place in a number, the highest first, and then differenced. Gives the numbers with their highest byte first.
 */
export function addUpFloats(bytes: Uint8Array, size: number, { perRow, samples }: Rows): Uint8Array {
  const length = perRow * size
  const target = new Uint8Array(bytes.length)
  for (let row = 0; row + length <= bytes.length; row += length) {
    const part = Uint8Array.from(bytes.subarray(row, row + length))
    for (let at = samples; at < length; at++) part[at] = (part[at] ?? 0) + (part[at - samples] ?? 0)
    for (let n = 0; n < perRow; n++) {
      for (let byte = 0; byte < size; byte++) target[row + n * size + byte] = part[byte * perRow + n] ?? 0
    }
  }
  return target
}
