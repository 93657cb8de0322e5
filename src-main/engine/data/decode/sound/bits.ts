import { Refusal } from '../contract'

/** Reads numbers of any width from bytes, most significant bit first. Beyond the end it throws a `Refusal`. */
export class BitReader {
  private readonly bytes: Uint8Array
  /** The byte that is being read, and how many of its bits have been. */
  private byte = 0
  private bit = 0

  constructor(bytes: Uint8Array, from = 0) {
    this.bytes = bytes
    this.byte = from
  }

  /** An unsigned number of up to 32 bits. */
  unsigned(width: number): number {
    if (width > 24) return this.unsigned(width - 16) * 2 ** 16 + this.unsigned(16)
    if (width === 0) return 0
    const window = this.window()
    this.skip(width)
    return window >>> (32 - width)
  }

  /** A number of up to 33 bits in two's complement. */
  signed(width: number): number {
    if (width > 32) return this.signed(width - 16) * 2 ** 16 + this.unsigned(16)
    if (width === 0) return 0
    const value = this.unsigned(width)
    return value >= 2 ** (width - 1) ? value - 2 ** width : value
  }

  /** How many zeros come before the next one, which is read as well. */
  unary(): number {
    let zeros = 0
    for (;;) {
      // 25 bits of a window are sure to be there.
      const window = this.window() & 0xffffff80
      if (window !== 0) {
        const more = Math.clz32(window)
        this.skip(more + 1)
        return zeros + more
      }
      this.skip(25)
      zeros += 25
    }
  }

  /** Goes on at the next whole byte, and tells which that is. */
  align(): number {
    if (this.bit > 0) {
      this.byte++
      this.bit = 0
    }
    return this.byte
  }

  private window(): number {
    const { bytes, byte } = this
    const word =
      ((bytes[byte] ?? 0) << 24) |
      ((bytes[byte + 1] ?? 0) << 16) |
      ((bytes[byte + 2] ?? 0) << 8) |
      (bytes[byte + 3] ?? 0)
    return word << this.bit
  }

  private skip(width: number): void {
    const bit = this.bit + width
    this.byte += bit >> 3
    this.bit = bit & 7
    if (this.byte > this.bytes.length || (this.byte === this.bytes.length && this.bit > 0))
      throw new Refusal('truncated')
  }
}
