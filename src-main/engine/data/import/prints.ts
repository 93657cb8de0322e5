import { createHash } from 'node:crypto'
import type { SampleValues } from '@shared/data/preprocessing'
import { withKernels } from '../wasm/kernels'

/** What tells a sample from others. */
export interface Print {
  /** Whether all of its values are the same; then the rest is empty. */
  readonly constant: boolean
  /** SHA-1 of its values, a character for each byte. */
  readonly digest: string
  /** Of pictures the mean of each channel in 8 rows of 9 cells. */
  readonly cells: Uint8Array
}

export const [gridRows, gridColumns] = [8, 9]
const gridCells = gridRows * gridColumns
const digestBytes = 20
const none = new Uint8Array()

/** `shape`: `[height, width, channels]` of pictures, which are bytes; of anything else empty. */
export function printOf(values: SampleValues, shape: readonly number[]): Print {
  if (isConstant(values)) return { constant: true, digest: '', cells: none }
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const digest = createHash('sha1').update(bytes).digest('binary')
  return { constant: false, digest, cells: shape.length === 3 ? gridOf(bytes, shape) : none }
}

/** How many bytes a print takes where it is packed. */
export function printLength(shape: readonly number[]): number {
  return 1 + digestBytes + (shape.length === 3 ? gridCells * (shape[2] ?? 1) : 0)
}

/** Packs a print into the first `printLength` bytes of `target`, from where `unpackPrint` takes it. */
export function packPrint({ constant, digest, cells }: Print, target: Uint8Array): void {
  target[0] = constant ? 1 : 0
  for (let n = 0; n < digest.length; n++) target[1 + n] = digest.charCodeAt(n)
  target.set(cells, 1 + digestBytes)
}

/** The print packed in `bytes`, which it keeps using. */
export function unpackPrint(bytes: Uint8Array): Print {
  if (bytes[0] === 1) return { constant: true, digest: '', cells: none }
  const digest = Buffer.from(bytes.buffer, bytes.byteOffset + 1, digestBytes).toString('latin1')
  return { constant: false, digest, cells: bytes.subarray(1 + digestBytes) }
}

function isConstant(values: SampleValues): boolean {
  const [first] = values
  for (let at = 1; at < values.length; at++) if (values[at] !== first) return false
  return true
}

function gridOf(values: Uint8Array, [height = 1, width = 1, channels = 1]: readonly number[]): Uint8Array {
  return withKernels(({ reserve, bytes, meanCells }) => {
    const [sample, cells] = [reserve(values.length), reserve(gridCells * channels)]
    bytes(sample, values.length).set(values)
    meanCells(sample, height, width, channels, cells, gridRows, gridColumns)
    return bytes(cells, gridCells * channels).slice()
  })
}
