import { Readable } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'
import { asRefusal, headLength, Refusal, type Limits, type SourceFile } from './contract'

/** How much of a packed file is read at a time. */
const pieceLength = 2 ** 20

/** Whether a file is packed with gzip (RFC 1952). */
export function isPacked(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8
}

/**
 * A packed file as if it were not. Its size is found by unpacking it piece by piece without keeping anything, so that
 * a small file that becomes an enormous one costs time, but no memory, before its reader has seen what it claims to be.
 */
export async function unpackedFile(file: SourceFile, limits: Limits): Promise<SourceFile> {
  const head = unpackedHead(await file.read(0, headLength * 4)).slice(0, headLength)
  let size = 0
  for await (const piece of unpack(file)) {
    size += piece.length
    if (size > limits.bytes) throw new Refusal('unpacks-to-too-much', { limit: Math.ceil(limits.bytes / 2 ** 20) })
  }
  let whole: Promise<Uint8Array> | undefined
  return {
    name: file.name.replace(/\.gz$/i, ''),
    size,
    async read(position, length) {
      if (position + length <= head.length) return head.slice(position, position + length)
      whole ??= unpackInto(new Uint8Array(size), file)
      return new Uint8Array((await whole).subarray(position, position + length))
    },
  }
}

/** What the first bytes of a packed file become; nothing where they are damaged. */
export function unpackedHead(head: Uint8Array): Uint8Array {
  try {
    return new Uint8Array(gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 2 ** 24 }))
  } catch {
    return new Uint8Array()
  }
}

async function unpackInto(target: Uint8Array, file: SourceFile): Promise<Uint8Array> {
  let filled = 0
  for await (const piece of unpack(file)) {
    if (filled + piece.length > target.length) throw new Refusal('changed')
    target.set(piece, filled)
    filled += piece.length
  }
  if (filled < target.length) throw new Refusal('changed')
  return target
}

/** The content of a packed file, piece by piece. */
export async function* unpack(file: SourceFile): AsyncGenerator<Uint8Array> {
  const source = Readable.from(pieces(file), { objectMode: false })
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  try {
    for await (const piece of gunzip) if (piece instanceof Uint8Array) yield piece
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : ''
    if (code === 'Z_BUF_ERROR') throw new Refusal('truncated')
    throw asRefusal(cause)
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

async function* pieces(file: SourceFile): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < file.size; position += pieceLength) yield await file.read(position, pieceLength)
}
