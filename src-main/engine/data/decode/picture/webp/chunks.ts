import { Refusal } from '../../contract'
import { fieldsOf } from '../../fields'

/** A part of a WebP file (RFC 9649): four letters and what they announce. */
export interface Chunk {
  readonly kind: string
  readonly body: Uint8Array
}

/** The chunks that lie one after another in `bytes` from `from` on. One that is cut means that the file is. */
export function chunksOf(bytes: Uint8Array, from: number): Chunk[] {
  const fields = fieldsOf(bytes, 'little')
  const chunks: Chunk[] = []
  for (let at = from; at + 8 <= bytes.length;) {
    const length = fields.u32(at + 4)
    chunks.push({ kind: fields.text(at, 4), body: fields.bytes(at + 8, length) })
    // Chunks begin at even positions.
    at += 8 + length + (length % 2)
  }
  return chunks
}

/** A file of some chunks. */
export function webpFile(chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.flatMap(({ kind, body }) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(body.length)
    return [Buffer.from(kind, 'latin1'), length, body, Buffer.alloc(body.length % 2)]
  })
  const content = Buffer.concat([Buffer.from('WEBP'), ...parts])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from('RIFF'), length, content])
}

/** A 24-bit number. */
export function u24(body: Uint8Array, at: number): number {
  const [low, middle, high] = [body[at], body[at + 1], body[at + 2]]
  if (low === undefined || middle === undefined || high === undefined) throw new Refusal('truncated')
  return low + middle * 2 ** 8 + high * 2 ** 16
}
