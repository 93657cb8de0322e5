import { AppError } from '@shared/ipc/errors'
import { byteFile, readHead, readRest, unpackInto, unpackedLength, type ByteFile } from './bytes'

/**
 * The IDX format of the MNIST database (http://yann.lecun.com/exdb/mnist/): two zero bytes, a byte for the element
 * type, one for the number of dimensions, the dimensions as big-endian 32-bit numbers, then the elements in C order.
 */
export interface IdxFile {
  readonly file: ByteFile
  readonly content: 'images' | 'labels'
  readonly count: number
  /** `[height, width, channels]` of one picture; empty for labels. */
  readonly shape: readonly number[]
  /** Where the elements begin. */
  readonly offset: number
}

const unsignedByte = 0x08
const elementTypes: Readonly<Record<number, string>> = {
  0x09: 'int8',
  0x0b: 'int16',
  0x0c: 'int32',
  0x0d: 'float32',
  0x0e: 'float64',
}
const longestHead = 4 + 4 * 4

/** Whether bytes begin as an IDX file does, whatever it holds and even if written little-endian. */
export function looksLikeIdx(head: Uint8Array): boolean {
  const [a = -1, b = -1, c = -1, d = -1] = head
  const known = (type: number) => type === unsignedByte || type in elementTypes
  return (a === 0 && b === 0 && known(c) && d > 0) || (c === 0 && d === 0 && known(b) && a > 0 && a <= 4)
}

/** Reads and checks the head of an IDX file; its magic number decides what it holds, never its name. */
export async function openIdx(path: string): Promise<IdxFile> {
  const file = await byteFile(path)
  const idx = parseHead(await readHead(file, longestHead), file)
  if (!file.packed) checkLength(idx, file.size - idx.offset)
  return idx
}

/** All elements, one after another. A packed file's length is checked here, any other's already in `openIdx`. */
export async function readElements(idx: IdxFile): Promise<Uint8Array> {
  return readRest(idx.file, idx.offset, byteLength(idx), (found) => lengthError(idx, found))
}

/** All elements of a packed file, in memory that threads can share. */
export async function unpackShared(idx: IdxFile): Promise<SharedArrayBuffer> {
  const buffer = new SharedArrayBuffer(unpackedLength(idx.file, byteLength(idx)))
  await unpackInto(new Uint8Array(buffer), idx.file, idx.offset, (found) => lengthError(idx, found))
  return buffer
}

/** Bytes of one element: a picture's values, or 1 for a label. */
export function elementSize({ shape }: IdxFile): number {
  return shape.reduce((product, size) => product * size, 1)
}

function byteLength(idx: IdxFile): number {
  return idx.count * elementSize(idx)
}

function parseHead(head: Uint8Array, file: ByteFile): IdxFile {
  const name = file.path
  const [a = 0, b = 0, type = 0, dimensions = 0] = head
  if (!looksLikeIdx(head)) throw new AppError('not-idx', { file: name, found: hex(head.subarray(0, 4)) })
  if (a !== 0 || b !== 0) throw new AppError('idx-little-endian', { file: name })
  if (type !== unsignedByte) throw new AppError('idx-type', { file: name, found: elementTypes[type] ?? hex([type]) })
  if (dimensions !== 1 && dimensions !== 3 && dimensions !== 4) {
    throw new AppError('idx-dimensions', { file: name, found: dimensions })
  }
  const offset = 4 + 4 * dimensions
  if (head.length < offset) throw new AppError('idx-header-cut', { file: name, expected: offset, found: head.length })
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  const [count = 0, ...sizes] = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis))
  if (count === 0 || sizes.includes(0)) throw new AppError('idx-empty', { file: name })
  if (dimensions === 1) return { file, content: 'labels', count, shape: [], offset }
  const shape = dimensions === 3 ? [...sizes, 1] : sizes
  const channels = shape[2] ?? 0
  if (channels !== 1 && channels !== 3) throw new AppError('idx-channels', { file: name, found: channels })
  return { file, content: 'images', count, shape, offset }
}

function checkLength(idx: IdxFile, found: number): void {
  if (found !== byteLength(idx)) throw lengthError(idx, found)
}

function lengthError(idx: IdxFile, found: number): AppError {
  const params = { file: idx.file.path, expected: byteLength(idx), found, count: idx.count }
  if (found > params.expected) return new AppError('idx-too-long', params)
  return new AppError('idx-truncated', params)
}

function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
