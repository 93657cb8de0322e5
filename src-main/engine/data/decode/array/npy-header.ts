import { NpyTextError, readNpyDictionary, type NpyDictionary } from '../../npy-dictionary'
import { Refusal } from '../contract'
import { numberType, type NumberType } from './number-type'

/** What stands before the numbers of an `.npy` file (numpy.org/doc/stable/reference/generated/numpy.lib.format.html). */
export interface NpyHeader {
  readonly type: NumberType
  readonly shape: readonly number[]
  readonly fortranOrder: boolean
  /** Where the numbers begin. */
  readonly offset: number
}

/** Bytes of the longest head that is believed. */
export const npyHeadLimit = 2 ** 16
const damaged = () => new Refusal('header-damaged', { format: 'NumPy' })

/** Reads a head from the first bytes of a file; `head` holds up to `npyHeadLimit` of them. */
export function readNpyHeader(head: Uint8Array): NpyHeader {
  if (head.length < 12) throw new Refusal('truncated')
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const major = view.getUint8(6)
  if (major < 1 || major > 3) throw damaged()
  const [start, length] = major === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)]
  if (start + length > npyHeadLimit) throw damaged()
  if (start + length > head.length) throw new Refusal('truncated')
  const text = Buffer.from(head.subarray(start, start + length)).toString(major === 3 ? 'utf8' : 'latin1')
  return { ...parseText(text), offset: start + length }
}

function parseText(text: string): Omit<NpyHeader, 'offset'> {
  const { descriptor, fortranOrder, shape } = dictionaryIn(text)
  if (descriptor === undefined) throw new Refusal('number-type-not-read', { type: 'struct' })
  const type = numberType(descriptor)
  if (type) return { type, shape, fortranOrder }
  // Objects are kept as a Python pickle, which can run any program when it is opened.
  if (descriptor.includes('O')) throw new Refusal('object-array', {}, 'refused')
  throw new Refusal('number-type-not-read', { type: descriptor.slice(0, 100) })
}

function dictionaryIn(text: string): NpyDictionary {
  try {
    return readNpyDictionary(text)
  } catch (cause) {
    if (cause instanceof NpyTextError) throw damaged()
    throw cause
  }
}
