import { createReadStream, type ReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'

/** A file from which bytes are read by position; one packed with gzip is unpacked while it is read. */
export interface ByteFile {
  readonly path: string
  readonly packed: boolean
  /** Bytes on disk. */
  readonly size: number
}

/** The most that is unpacked into memory. */
const unpackLimit = 2 ** 31

/** Looks at a file: its size, and by its first bytes whether it is packed. */
export async function byteFile(path: string): Promise<ByteFile> {
  const { size } = await reading(path, () => stat(path))
  const head = await readAt(path, 0, 2)
  return { path, packed: head[0] === 0x1f && head[1] === 0x8b, size }
}

/** Up to `length` first bytes of the content; fewer where it is shorter. */
export async function readHead(file: ByteFile, length: number): Promise<Uint8Array> {
  if (!file.packed) return readAt(file.path, 0, length)
  const parts: Uint8Array[] = []
  let found = 0
  for await (const chunk of unpacked(file)) {
    parts.push(chunk)
    found += chunk.length
    if (found >= length) break
  }
  return Uint8Array.from(Buffer.concat(parts).subarray(0, length))
}

/**
 * The whole content from `offset` on, which must be `length` bytes long. Whatever it is instead, `onWrongLength` is told
 * how many there are (of more than expected only that there are more) and gives the error to throw.
 */
export async function readRest(
  file: ByteFile,
  offset: number,
  length: number,
  onWrongLength: (found: number) => AppError,
): Promise<Uint8Array> {
  if (file.packed) {
    return unpackInto(new Uint8Array(unpackedLength(file, length)), file, offset, onWrongLength)
  }
  if (file.size - offset !== length) throw onWrongLength(file.size - offset)
  return readAt(file.path, offset, length)
}

/** `length`, if so many bytes may be unpacked into memory. */
export function unpackedLength(file: ByteFile, length: number): number {
  if (length > unpackLimit) throw new AppError('gzip-too-large', { file: file.path })
  return length
}

/** The content of a packed file from `offset` on, as `readRest` gives it, in memory that the caller has taken. */
export async function unpackInto(
  target: Uint8Array,
  file: ByteFile,
  offset: number,
  onWrongLength: (found: number) => AppError,
): Promise<Uint8Array> {
  const { length } = target
  let position = -offset
  for await (const chunk of unpacked(file)) {
    const part = position < 0 ? chunk.subarray(-position) : chunk
    if (position + chunk.length > length) throw onWrongLength(position + chunk.length)
    if (position + chunk.length > 0) target.set(part, Math.max(position, 0))
    position += chunk.length
  }
  if (position !== length) throw onWrongLength(position)
  return target
}

async function* unpacked({ path }: ByteFile): AsyncGenerator<Uint8Array> {
  const source: ReadStream = createReadStream(path)
  const gunzip: Readable = source.on('error', (error) => gunzip.destroy(error)).pipe(createGunzip())
  try {
    for await (const chunk of gunzip) if (chunk instanceof Uint8Array) yield chunk
  } catch (cause) {
    throw new AppError('gzip-damaged', { file: path, detail: messageOf(cause) }, { cause })
  } finally {
    source.destroy()
    gunzip.destroy()
    await finished(source, { error: false }).catch(() => undefined)
  }
}

async function readAt(path: string, position: number, length: number): Promise<Uint8Array> {
  return reading(path, async () => {
    const handle = await open(path, 'r')
    try {
      const bytes = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return filled === length ? bytes : bytes.slice(0, filled)
    } finally {
      await handle.close()
    }
  })
}

async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    if (missing) throw new AppError('file-missing', { file: path }, { cause })
    throw new AppError('read-failed', { path, detail: messageOf(cause) }, { cause })
  }
}
