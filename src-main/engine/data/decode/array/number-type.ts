import type { Values, ValueType } from '../contract'
import { bytesPerValue, swapBytes, valuesFrom, zeros } from '../value-types'

/** A type of number as NumPy names it: `<f4`, `|u1`, `>i8`. */
export interface NumberType {
  readonly kind: 'b' | 'i' | 'u' | 'f'
  readonly size: number
  readonly littleEndian: boolean
}

/** The type of a descriptor; `undefined` for what are no plain numbers (objects, texts, dates, complex numbers, records). */
export function numberType(descriptor: string): NumberType | undefined {
  const [, order = '', kind = '', digits = ''] = /^([<>|=]?)([biuf])(\d+)$/.exec(descriptor) ?? []
  const size = Number(digits)
  const littleEndian = order !== '>'
  if (kind === 'b' && size === 1) return { kind, size, littleEndian }
  if ((kind === 'i' || kind === 'u') && [1, 2, 4, 8].includes(size)) return { kind, size, littleEndian }
  if (kind === 'f' && [2, 4, 8].includes(size)) return { kind, size, littleEndian }
  return undefined
}

/** The type of array that holds such numbers: its own, or the next wider one where there is none. */
export function holderOf({ kind, size }: NumberType): ValueType {
  if (kind === 'f') return size === 8 ? 'float64' : 'float32'
  if (size === 8) return 'float64'
  const unsigned = kind === 'u' || kind === 'b'
  if (size === 1) return unsigned ? 'uint8' : 'int8'
  if (size === 2) return unsigned ? 'uint16' : 'int16'
  return unsigned ? 'uint32' : 'int32'
}

/** Bytes as numbers. The bytes may be changed, and become part of the answer where they need no change. */
export function toNumbers(bytes: Uint8Array, type: NumberType): Values {
  const holder = holderOf(type)
  if (bytesPerValue[holder] === type.size && type.kind !== 'b' && !(type.size === 8 && type.kind !== 'f')) {
    if (!type.littleEndian) swapBytes(bytes, type.size)
    return valuesFrom(bytes, holder)
  }
  const values = zeros(holder, Math.floor(bytes.length / type.size))
  const read = wideReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), type)
  for (let n = 0, at = 0; n < values.length; n++, at += type.size) values[n] = read(at)
  return values
}

function wideReader(view: DataView, { kind, size, littleEndian }: NumberType): (at: number) => number {
  if (kind === 'b') return (at) => (view.getUint8(at) === 0 ? 0 : 1)
  if (size === 2) return (at) => halfFloat(view.getUint16(at, littleEndian))
  if (kind === 'u') return (at) => Number(view.getBigUint64(at, littleEndian))
  return (at) => Number(view.getBigInt64(at, littleEndian))
}

/** A number of 16 bits (IEEE 754 binary16). */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}
