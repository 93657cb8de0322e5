import { Refusal } from '../contract'

/** Reads so many bytes at a time from pieces of any length, and counts how many have gone by. */
export class ByteStream {
  private readonly source: AsyncGenerator<Uint8Array>
  private readonly most: number
  private piece: Uint8Array = new Uint8Array()
  private used = 0
  private failure: Error | undefined
  /** How many bytes have been read or skipped. */
  position = 0

  /** Of more than `most` bytes the stream is refused as one that unpacks to too much. */
  constructor(source: AsyncGenerator<Uint8Array>, most: number) {
    this.source = source
    this.most = most
  }

  /** The next bytes, fewer where the source ends; they come as they are there, so a false length takes no memory. */
  async read(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    await this.pass(length, (part) => parts.push(part))
    return parts.length === 1 && parts[0] ? parts[0] : new Uint8Array(Buffer.concat(parts))
  }

  /** Goes on behind the next bytes. */
  async skip(length: number): Promise<void> {
    await this.pass(length, () => undefined)
  }

  async close(): Promise<void> {
    await this.source.return(undefined)
  }

  /** A source that has failed once fails again: what comes after that is not the end. */
  private async next(): Promise<IteratorResult<Uint8Array, unknown>> {
    if (this.failure) throw this.failure
    try {
      return await this.source.next()
    } catch (cause) {
      this.failure = cause instanceof Error ? cause : new Error(String(cause))
      throw this.failure
    }
  }

  private async pass(length: number, take: (part: Uint8Array) => void): Promise<void> {
    let missing = length
    while (missing > 0) {
      if (this.used === this.piece.length) {
        const next = await this.next()
        if (next.done) return
        this.piece = next.value
        this.used = 0
        continue
      }
      const part = this.piece.subarray(this.used, this.used + missing)
      take(part)
      this.used += part.length
      this.position += part.length
      missing -= part.length
      if (this.position > this.most)
        throw new Refusal('archive-bomb', { limit: Math.floor(this.most / 2 ** 20) }, 'refused')
    }
  }
}
