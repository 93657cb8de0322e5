import { Refusal } from './contract'

/** Numbers and texts at positions of a file, in its byte order. What lies beyond the end is a file cut short. */
export interface Fields {
  readonly length: number
  u8(at: number): number
  u16(at: number): number
  i16(at: number): number
  u32(at: number): number
  i32(at: number): number
  /** A 64-bit number that may be a position; one beyond 2^53 is damage. */
  u64(at: number): number
  f32(at: number): number
  f64(at: number): number
  /** Latin-1. */
  text(at: number, length: number): string
  /** A view, not a copy. */
  bytes(at: number, length: number): Uint8Array
}

export type ByteOrder = 'little' | 'big'

export function fieldsOf(bytes: Uint8Array, order: ByteOrder): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = order === 'little'
  const within = (at: number, length: number): number => {
    if (!(at >= 0 && length >= 0 && at + length <= bytes.length)) throw new Refusal('truncated')
    return at
  }
  return {
    length: bytes.length,
    u8: (at) => view.getUint8(within(at, 1)),
    u16: (at) => view.getUint16(within(at, 2), little),
    i16: (at) => view.getInt16(within(at, 2), little),
    u32: (at) => view.getUint32(within(at, 4), little),
    i32: (at) => view.getInt32(within(at, 4), little),
    u64(at) {
      const value = Number(view.getBigUint64(within(at, 8), little))
      if (!Number.isSafeInteger(value)) throw new Refusal('damaged', { detail: `${value}` })
      return value
    },
    f32: (at) => view.getFloat32(within(at, 4), little),
    f64: (at) => view.getFloat64(within(at, 8), little),
    text: (at, length) => Buffer.from(bytes.subarray(within(at, length), at + length)).toString('latin1'),
    bytes: (at, length) => bytes.subarray(within(at, length), at + length),
  }
}
