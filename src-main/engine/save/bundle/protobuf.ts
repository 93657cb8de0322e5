/**
 * Protobuf's wire format for the small messages of a tensor bundle, which tfjs-node has no classes for. As in proto3, a
 * field that has its default value is left out.
 */

/** A whole number from 0 to 2^53 - 1, seven bits a byte, the lowest first. */
export function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

export function fixed32(value: number): number[] {
  return [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]
}

export function intField(field: number, value: number): number[] {
  return value === 0 ? [] : [...varint(field * 8), ...varint(value)]
}

export function fixed32Field(field: number, value: number): number[] {
  return value === 0 ? [] : [...varint(field * 8 + 5), ...fixed32(value)]
}

/** A message, or a text in UTF-8. */
export function bytesField(field: number, bytes: ArrayLike<number>): number[] {
  return [...varint(field * 8 + 2), ...varint(bytes.length), ...Array.from(bytes)]
}

export function textField(field: number, text: string): number[] {
  return text === '' ? [] : bytesField(field, Buffer.from(text))
}
