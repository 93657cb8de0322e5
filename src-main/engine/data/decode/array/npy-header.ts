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
  return { ...parseDictionary(text), offset: start + length }
}

/** The head is a Python dictionary of three entries in any order. */
function parseDictionary(text: string): Omit<NpyHeader, 'offset'> {
  const shapeText = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text)?.[1]
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  if (!/^\s*\{[^]*\}\s*$/.test(text) || shapeText === undefined || order === undefined) throw damaged()
  const shape = shapeText.split(',').map((size) => size.replace(/L?\s*$/, '').trim())
  if (shape.at(-1) === '') shape.pop()
  if (shape.some((size) => !/^\d{1,15}$/.test(size))) throw damaged()
  return { type: typeIn(text), shape: shape.map(Number), fortranOrder: order === 'True' }
}

function typeIn(text: string): NumberType {
  const descriptor = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1]
  // Without one text it is a list of named fields.
  if (descriptor === undefined)
    throw new Refusal('number-type-not-read', { type: /'descr'/.test(text) ? 'struct' : '?' })
  const type = numberType(descriptor)
  if (type) return type
  // Objects are kept as a Python pickle, which can run any program when it is opened.
  if (/O/.test(descriptor)) throw new Refusal('object-array', {}, 'refused')
  throw new Refusal('number-type-not-read', { type: descriptor })
}
