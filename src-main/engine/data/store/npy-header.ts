import { AppError } from '@shared/ipc/errors'
import { NpyTextError, readNpyDictionary, type NpyDictionary } from '../npy-dictionary'

/** The element types that stored arrays have, by numpy's names, with their code in a file. */
const types = ['uint8', 'uint16', 'float32'] as const
export type NpyType = (typeof types)[number]

const codes: Readonly<Record<NpyType, string>> = { uint8: '|u1', uint16: '<u2', float32: '<f4' }
const bytesOf: Readonly<Record<NpyType, number>> = { uint8: 1, uint16: 2, float32: 4 }

/** What an `.npy` file says of its array: values in C order from `offset` on. */
export interface NpyHead {
  readonly type: NpyType
  readonly shape: readonly number[]
  readonly offset: number
}

/**
 * The `.npy` format (https://numpy.org/neps/nep-0001-npy-format.html): magic bytes, version, the length of a text, and
 * the text, a Python dictionary of type, order and shape that ends in a line break and fills up to a whole 64 bytes.
 */
const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)
const alignment = 64
/** No array of numbers has a longer text; a forged length does not make us read gigabytes. */
const longestText = 65_535
/** So many first bytes hold the whole head of any file that is accepted. */
export const longestNpyHead = magic.length + 6 + longestText

export function npyBytes(type: NpyType): number {
  return bytesOf[type]
}

/** Bytes of all values of an array. */
export function npyLength({ type, shape }: Pick<NpyHead, 'type' | 'shape'>): number {
  return shape.reduce((product, size) => product * size, npyBytes(type))
}

/**
 * The head of a file, padded to at least `length` bytes so that a head with a larger count can take its place later.
 * Version 1.0, as numpy writes it.
 */
export function formatNpyHead(type: NpyType, shape: readonly number[], length = 0): Uint8Array<ArrayBuffer> {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${codes[type]}', 'fortran_order': False, 'shape': (${sizes}), }`
  const start = magic.length + 4
  const whole = Math.ceil(Math.max(start + text.length + 1, length) / alignment) * alignment
  const head = new Uint8Array(whole).fill(0x20)
  head.set(magic)
  head.set([1, 0, (whole - start) & 0xff, (whole - start) >> 8], magic.length)
  head.set(Buffer.from(text, 'latin1'), start)
  head[whole - 1] = 0x0a
  return head
}

/**
 * Reads a file's head from its first bytes (`longestNpyHead` of them, or all of a shorter file). Anything but an array
 * of a known type in C order, little-endian, is refused with the reason.
 */
export function parseNpyHead(bytes: Uint8Array, file: string): NpyHead {
  if (magic.some((byte, at) => bytes[at] !== byte)) {
    const found = [...bytes.subarray(0, magic.length)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    throw new AppError('not-npy', { file, found })
  }
  const [major = 0, minor = 0] = bytes.subarray(magic.length, magic.length + 2)
  if ((major !== 1 && major !== 2) || minor !== 0) {
    throw new AppError('npy-version', { file, found: `${major}.${minor}` })
  }
  const start = magic.length + (major === 1 ? 4 : 6)
  if (bytes.length < start) throw new AppError('npy-header-cut', { file, expected: start, found: bytes.length })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = major === 1 ? view.getUint16(magic.length + 2, true) : view.getUint32(magic.length + 2, true)
  if (length > longestText) throw damaged(file, `its header is ${length} bytes long`)
  const offset = start + length
  if (bytes.length < offset) throw new AppError('npy-header-cut', { file, expected: offset, found: bytes.length })
  return { ...parseText(Buffer.from(bytes.subarray(start, offset)).toString('latin1'), file), offset }
}

function parseText(text: string, file: string): Pick<NpyHead, 'type' | 'shape'> {
  const { descriptor, fortranOrder, shape } = dictionaryIn(text, file)
  if (descriptor === undefined) throw new AppError('npy-type', { file, found: 'record' })
  const type = typeOf(descriptor, file)
  if (fortranOrder) throw new AppError('npy-order', { file })
  if (!Number.isSafeInteger(npyLength({ type, shape }))) throw damaged(file, `shape is (${shape.join(', ')})`)
  return { type, shape }
}

function dictionaryIn(text: string, file: string): NpyDictionary {
  try {
    return readNpyDictionary(text)
  } catch (cause) {
    if (cause instanceof NpyTextError) throw damaged(file, cause.message)
    throw cause
  }
}

function typeOf(code: string, file: string): NpyType {
  const [, order = '', name = ''] = /^([<>|=]?)(\w+)$/.exec(code) ?? []
  const type = types.find((known) => codes[known].slice(1) === name)
  if (!type) throw new AppError('npy-type', { file, found: code })
  // A byte has no order of bytes.
  if (order === '>' && npyBytes(type) > 1) throw new AppError('npy-big-endian', { file })
  return type
}

function damaged(file: string, detail: string): AppError {
  return new AppError('npy-header', { file, detail })
}
