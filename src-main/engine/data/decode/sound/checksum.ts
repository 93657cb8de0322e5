/** Makes a cyclic redundancy check, most significant bit first, beginning at 0 and not inverted at the end. */
export function checksum(
  width: 8 | 16 | 32,
  polynomial: number,
): (bytes: Uint8Array, from: number, to: number) => number {
  const shift = width - 8
  const mask = 2 ** width - 1
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte << shift
    for (let bit = 0; bit < 8; bit++) value = value & (1 << (width - 1)) ? (value << 1) ^ polynomial : value << 1
    return (value & mask) >>> 0
  })
  return (bytes, from, to) => {
    let value = 0
    for (let at = from; at < to; at++) {
      const entry = table[((value >>> shift) ^ (bytes[at] ?? 0)) & 0xff] ?? 0
      value = ((width === 8 ? 0 : value << 8) ^ entry) & mask
    }
    return value >>> 0
  }
}
