import { closeSync, openSync, readSync } from 'node:fs'
import { AppError } from '@shared/ipc/errors'
import { elementSize, readElements, type IdxFile } from './readers/idx'

/** Pictures by number. They are read from disk as they are asked for, or lie in memory once `hold` was called. */
export interface PixelStore {
  readonly count: number
  /** Copies picture `index` into `target` from position `at` on. */
  copy(index: number, target: Uint8Array, at: number): void
  /** Takes all pictures into memory if they are not too many, for what reads each of them many times. */
  hold(): Promise<void>
  close(): void
}

/** Above this many bytes pictures stay on disk; the system's file cache makes up for most of it. */
const holdLimit = 512 * 2 ** 20

/** The pictures of an IDX file. A packed one cannot be read by position, so it is unpacked into memory at once. */
export async function idxPixels(idx: IdxFile): Promise<PixelStore> {
  const size = elementSize(idx)
  let held = idx.file.packed ? await readElements(idx) : undefined
  const descriptor = held ? undefined : openSync(idx.file.path, 'r')

  function readFromDisk(index: number, target: Uint8Array, at: number): void {
    const position = idx.offset + index * size
    const found = descriptor === undefined ? 0 : readSync(descriptor, target, at, size, position)
    // Checked when it was opened, so the file changed since.
    if (found !== size) throw new AppError('file-changed', { file: idx.file.path })
  }

  return {
    count: idx.count,
    copy(index, target, at) {
      if (!(index >= 0 && index < idx.count)) throw new RangeError(`No picture ${index} of ${idx.count}`)
      if (held) target.set(held.subarray(index * size, (index + 1) * size), at)
      else readFromDisk(index, target, at)
    },
    async hold() {
      if (!held && size * idx.count <= holdLimit) held = await readElements(idx)
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
    },
  }
}
