import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { messageOf } from '@shared/message-of'
import { Refusal, type SourceFile } from './contract'

/** Files up to this size are read as a whole at once, since opening one takes longer than reading it. */
const smallFile = 2 ** 18

/** A file on disk. It is opened for each read, or once where it is small, and not held, so that thousands may be listed. */
export async function diskFile(path: string, name = path): Promise<SourceFile> {
  const stats = await reading(() => stat(path))
  // Opening a pipe would wait for somebody to write into it.
  if (!stats.isFile() && !stats.isDirectory()) throw new Refusal('special')
  const { size } = stats
  let whole: Promise<Uint8Array> | undefined
  return {
    name,
    size,
    async read(position, length) {
      const wanted = Math.max(0, Math.min(length, size - position))
      if (size > smallFile) return readPart(path, position, wanted)
      whole ??= readPart(path, 0, size)
      return new Uint8Array((await whole).subarray(position, position + wanted))
    },
  }
}

/**
 * As `diskFile`, without waiting for other threads, which takes several times as long as to read a small file: for
 * threads that have nothing else to do. It does not wait for a pipe's writer either.
 */
export function diskFileAtOnce(path: string, name = path): SourceFile {
  const { size, whole } = opened(path, (handle) => {
    const stats = fstatSync(handle)
    if (!stats.isFile() && !stats.isDirectory()) throw new Refusal('special')
    return { size: stats.size, whole: stats.size > smallFile ? undefined : readFullyAtOnce(handle, 0, stats.size) }
  })
  return {
    name,
    size,
    read(position, length) {
      if (whole) return Promise.resolve(new Uint8Array(whole.subarray(position, position + length)))
      const wanted = Math.max(0, Math.min(length, size - position))
      return Promise.resolve(opened(path, (handle) => readFullyAtOnce(handle, position, wanted)))
    },
  }
}

/**
 * Reads a small file at once to `memory` from `at` on, where there is room for `room` bytes: how many there are; undefined
 * where they would fill it. For whoever needs them but for a moment, and finds out where they are not whole: no memory is
 * taken, and files end where systems give less than asked.
 */
export function readSmallFile(path: string, memory: Uint8Array, at: number, room: number): number | undefined {
  return opened(path, (handle) => {
    const filled = readSync(handle, memory, at, room, 0)
    return filled < room ? filled : undefined
  })
}

/** Windows has no flag for that, and no pipes among its files. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

function opened<T>(path: string, use: (handle: number) => T): T {
  try {
    const handle = openSync(path, withoutWaiting)
    try {
      return use(handle)
    } finally {
      closeSync(handle)
    }
  } catch (thrown) {
    throw refusalOf(thrown)
  }
}

function readFullyAtOnce(handle: number, position: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  const filled = fillAtOnce(handle, bytes, position)
  return filled < length ? bytes.slice(0, filled) : bytes
}

/** Reads into `bytes` until they are full or the file ends; how many came. */
function fillAtOnce(handle: number, bytes: Uint8Array, position: number): number {
  let filled = 0
  while (filled < bytes.length) {
    const count = readSync(handle, bytes, filled, bytes.length - filled, position + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

function readPart(path: string, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  return reading(async () => {
    const handle = await open(path, 'r')
    try {
      return await readFully(handle, position, length)
    } finally {
      await handle.close()
    }
  })
}

/** Bytes that are in memory already, as an archive's entry. */
export function bytesFile(name: string, bytes: Uint8Array): SourceFile {
  return {
    name,
    size: bytes.length,
    read: (position, length) => Promise.resolve(new Uint8Array(bytes.subarray(position, position + length))),
  }
}

/** The whole file, where it is no longer than allowed. */
export async function readAll(file: SourceFile, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  refuseTooLong(file.size, limit)
  return file.read(0, file.size)
}

/** Refuses bytes that are to be in memory as a whole where they are more than allowed; a person is told megabytes. */
export function refuseTooLong(size: number, limit: number): void {
  if (size > limit) throw new Refusal('too-many-bytes', { size: megabytes(size), limit: megabytes(limit) })
}

interface Handle {
  read(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>
}

async function readFully(handle: Handle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) return bytes.slice(0, filled)
    filled += bytesRead
  }
  return bytes
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw refusalOf(cause)
  }
}

/** What a person can mend about a file that the system does not give. */
export function refusalOf(cause: unknown): Refusal {
  if (cause instanceof Refusal) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Refusal('gone')
  if (code === 'EACCES' || code === 'EPERM') return new Refusal('not-permitted')
  if (code === 'ELOOP') return new Refusal('link-loop')
  return new Refusal('not-read', { detail: messageOf(cause) })
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20)
}
