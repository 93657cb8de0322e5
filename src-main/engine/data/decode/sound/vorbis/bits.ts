/** Reads numbers from a Vorbis packet, least significant bit first. Beyond the end all bits are 0, and `ended` says so. */
export class PacketReader {
  private readonly bytes: Uint8Array
  private at = 0
  private bit = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Whether more bits were asked for than there are. */
  get ended(): boolean {
    return this.at > this.bytes.length || (this.at === this.bytes.length && this.bit > 0)
  }

  /** An unsigned number of up to 32 bits. */
  read(width: number): number {
    if (width > 16) return this.read(16) + this.read(width - 16) * 65536
    const { bytes, at } = this
    const word = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
    const value = (word >>> this.bit) & ((1 << width) - 1)
    const bit = this.bit + width
    this.at = at + (bit >> 3)
    this.bit = bit & 7
    return value
  }

  flag(): boolean {
    return this.read(1) === 1
  }
}

/** How many bits a number takes; 0 for 0. */
export function bitLength(value: number): number {
  return value <= 0 ? 0 : 32 - Math.clz32(value)
}
