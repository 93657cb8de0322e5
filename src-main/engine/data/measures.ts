import { setImmediate } from 'node:timers/promises'
import type { Preprocessing } from '@shared/data/preprocessing'
import { readInto } from './batches'
import type { RowSource } from './store/rows'

/** Of all values of each sample, by row. */
export interface Measures {
  readonly mean: Float32Array
  readonly deviation: Float32Array
}

/** Between pieces of so many bytes whatever else waits has its turn. */
const pieceBytes = 2 ** 20

/**
 * Mean and standard deviation of each sample's values as they are kept: brightness and contrast of a picture, offset and
 * loudness of a sound. Reads every sample once.
 */
export async function measure(source: RowSource, { floats }: Preprocessing): Promise<Measures> {
  const { count, rowBytes } = source
  const [mean, deviation] = [new Float32Array(count), new Float32Array(count)]
  const rowsAtOnce = Math.max(1, Math.floor(pieceBytes / rowBytes))
  const bytes = new Uint8Array(rowsAtOnce * rowBytes)
  const shares = floats ? sharesOfFloats(new Float32Array(bytes.buffer), rowBytes / 4) : sharesOfBytes(bytes, rowBytes)
  for (let first = 0; first < count; first += rowsAtOnce) {
    const rows = Uint32Array.from({ length: Math.min(rowsAtOnce, count - first) }, (_, n) => first + n)
    readInto(source, rows, bytes)
    for (let n = 0; n < rows.length; n++) {
      const { middle, spread } = shares(n)
      mean[first + n] = middle
      deviation[first + n] = spread
    }
    await setImmediate()
  }
  return { mean, deviation }
}

type Shares = (n: number) => { readonly middle: number; readonly spread: number }

/** Sums of bytes and of their squares are whole numbers, and exact, so that one walk over them is enough. */
function sharesOfBytes(bytes: Uint8Array, size: number): Shares {
  return (n) => {
    let [sum, squares] = [0, 0]
    for (let at = n * size, end = at + size; at < end; at++) {
      const value = bytes[at] ?? 0
      sum += value
      squares += value * value
    }
    return { middle: sum / size, spread: Math.sqrt(Math.max(0, squares * size - sum * sum)) / size }
  }
}

function sharesOfFloats(values: Float32Array, size: number): Shares {
  return (n) => {
    let sum = 0
    for (let at = n * size, end = at + size; at < end; at++) sum += values[at] ?? 0
    const middle = sum / size
    let squares = 0
    for (let at = n * size, end = at + size; at < end; at++) squares += ((values[at] ?? 0) - middle) ** 2
    return { middle, spread: Math.sqrt(squares / size) }
  }
}
