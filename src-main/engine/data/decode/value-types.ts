import type { Values, ValueType } from './contract'

/** An array of zeros. */
export function zeros(dtype: ValueType, length: number): Values {
  switch (dtype) {
    case 'uint8':
      return new Uint8Array(length)
    case 'int8':
      return new Int8Array(length)
    case 'uint16':
      return new Uint16Array(length)
    case 'int16':
      return new Int16Array(length)
    case 'uint32':
      return new Uint32Array(length)
    case 'int32':
      return new Int32Array(length)
    case 'float32':
      return new Float32Array(length)
    case 'float64':
      return new Float64Array(length)
  }
}

/** Bytes as values of a type in this machine's order; a copy only where they do not lie at a multiple of their size. */
export function valuesFrom(bytes: Uint8Array, dtype: ValueType): Values {
  const size = bytesPerValue[dtype]
  const length = Math.floor(bytes.length / size)
  const aligned = bytes.byteOffset % size === 0 ? bytes : Uint8Array.from(bytes)
  const { buffer, byteOffset } = aligned
  switch (dtype) {
    case 'uint8':
      return new Uint8Array(buffer, byteOffset, length)
    case 'int8':
      return new Int8Array(buffer, byteOffset, length)
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, length)
    case 'int16':
      return new Int16Array(buffer, byteOffset, length)
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, length)
    case 'int32':
      return new Int32Array(buffer, byteOffset, length)
    case 'float32':
      return new Float32Array(buffer, byteOffset, length)
    case 'float64':
      return new Float64Array(buffer, byteOffset, length)
  }
}

export const bytesPerValue: Readonly<Record<ValueType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
}

/** Turns the bytes of each value around, in place: `size` is 1, 2, 4 or 8. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  const whole = bytes.length - (bytes.length % size)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, whole)
  if (size === 2) buffer.swap16()
  if (size === 4) buffer.swap32()
  if (size === 8) buffer.swap64()
}
