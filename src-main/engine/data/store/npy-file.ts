import { open, type FileHandle } from 'node:fs/promises'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'
import { isMissing } from '../../files'
import { longestNpyHead, npyLength, parseNpyHead, type NpyHead } from './npy-header'

/** An array on disk, its head checked against the file's length. */
export interface NpyFile extends NpyHead {
  readonly path: string
}

/** Reads and checks the head of an `.npy` file. A file that is shorter or longer than it says is refused. */
export function openNpy(path: string): Promise<NpyFile> {
  return reading(path, async (handle) => {
    const { size } = await handle.stat()
    const bytes = await readFully(handle, 0, Math.min(size, longestNpyHead))
    const head = parseNpyHead(bytes, path)
    const [expected, found] = [npyLength(head), size - head.offset]
    if (found < expected) throw new AppError('npy-truncated', { file: path, expected, found })
    if (found > expected) throw new AppError('npy-too-long', { file: path, expected, found })
    return { ...head, path }
  })
}

/** All values of an array of bytes or 16-bit numbers with one axis, as what goes with each sample is kept. */
export function readNpyColumn(file: NpyFile): Promise<Uint8Array | Uint16Array> {
  return reading(file.path, async (handle) => {
    const length = npyLength(file)
    const bytes = await readFully(handle, file.offset, length)
    if (bytes.length !== length) throw new AppError('file-changed', { file: file.path })
    return file.type === 'uint16' ? new Uint16Array(bytes.buffer) : bytes
  })
}

async function readFully(handle: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled === length ? bytes : bytes.slice(0, filled)
}

async function reading<T>(path: string, read: (handle: FileHandle) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    return await read(handle)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (isMissing(cause)) throw new AppError('file-missing', { file: path }, { cause })
    throw new AppError('read-failed', { path, detail: messageOf(cause) }, { cause })
  } finally {
    await handle?.close()
  }
}
