import type { SampleValues } from '@shared/data/preprocessing'
import { withKernels, type Kernels } from '../wasm/kernels'

/** What tells a sample from others. */
export interface Print {
  /** Whether all of its values are the same; then the rest is empty. */
  readonly constant: boolean
  /** 128 bits that equal values have in common (wasm/assembly/digest.ts), a character for each byte. */
  readonly digest: string
  /** Of pictures the mean of each channel in 8 rows of 9 cells. */
  readonly cells: Uint8Array
}

export const [gridRows, gridColumns] = [8, 9]
const gridCells = gridRows * gridColumns
const digestBytes = 16
const none = new Uint8Array()
/** Of a sample that is no picture so many bytes are taken at a time, whatever its size. */
const pieceBytes = 2 ** 20

/** `shape`: `[height, width, channels]` of pictures, which are bytes; of anything else empty. */
export function printOf(values: SampleValues, shape: readonly number[]): Print {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  if (shape.length === 3) return printOfPicture(bytes, shape)
  if (isConstant(values)) return { constant: true, digest: '', cells: none }
  return { constant: false, digest: digestOf(bytes), cells: none }
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
  return { constant: false, digest: digestAt(bytes, 1), cells: bytes.subarray(1 + digestBytes) }
}

function isConstant(values: SampleValues): boolean {
  const [first] = values
  for (let at = 1; at < values.length; at++) if (values[at] !== first) return false
  return true
}

function digestOf(values: Uint8Array): string {
  return withKernels(({ reserve, bytes, beginDigest, addToDigest, endDigest }) => {
    const [piece, digest] = [reserve(Math.min(values.length, pieceBytes)), reserve(digestBytes)]
    beginDigest()
    for (let at = 0; at < values.length; at += pieceBytes) {
      const part = values.subarray(at, at + pieceBytes)
      bytes(piece, part.length).set(part)
      addToDigest(piece, part.length)
    }
    endDigest(digest)
    return digestAt(bytes(digest, digestBytes), 0)
  })
}

function printOfPicture(values: Uint8Array, shape: readonly number[]): Print {
  return withKernels((kernels) => {
    const print = printIn(kernels, kernels.put(values), shape)
    return unpackPrint(kernels.bytes(print, printLength(shape)).slice())
  })
}

/** The address of the packed print of a picture that lies in the kernels' memory. */
export function printIn({ reserve, printPicture }: Kernels, at: number, shape: readonly number[]): number {
  const { 0: height = 1, 1: width = 1, 2: channels = 1 } = shape
  const print = reserve(printLength(shape))
  printPicture(at, height, width, channels, gridRows, gridColumns, print)
  return print
}

function digestAt({ buffer, byteOffset }: Uint8Array, at: number): string {
  return Buffer.from(buffer, byteOffset + at, digestBytes).toString('latin1')
}
