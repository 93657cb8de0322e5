import { closeSync, openSync, read } from 'node:fs'
import { promisify } from 'node:util'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'
import { isMissing } from '../../files'
import type { RowSource } from './rows'

/** A data set's samples by row. They are read from disk as they are asked for, or lie in memory once `hold` was called. */
export interface SampleStore {
  /** Where the samples lie now. */
  readonly source: RowSource
  /** Takes all samples into memory if they are not too many, for what reads each of them many times. */
  hold(): Promise<void>
  close(): void
}

/**
 * Above this many bytes samples stay on disk, so that memory stays flat whatever their number. The system's file cache
 * makes up for it: read by position, a picture of 32 × 32 takes two microseconds.
 */
const holdLimit = 64 * 2 ** 20

const readBytes = promisify(read)

/** Samples that lie one after another in a file from `offset` on; the file's length has been checked. */
export function fileStore(file: { path: string; offset: number; rowBytes: number; count: number }): SampleStore {
  const { path, offset, rowBytes, count } = file
  const descriptor = opened(path)
  const onDisk: RowSource = { kind: 'file', count, rowBytes, descriptor, offset, path }
  let held: RowSource | undefined
  return {
    get source() {
      return held ?? onDisk
    },
    async hold() {
      const length = count * rowBytes
      if (held || length > holdLimit) return
      const bytes = new Uint8Array(new SharedArrayBuffer(length))
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await readBytes(descriptor, bytes, filled, length - filled, offset + filled)
        if (bytesRead === 0) throw new AppError('file-changed', { file: path })
        filled += bytesRead
      }
      held = memorySource(bytes.buffer, rowBytes)
    },
    close: () => closeSync(descriptor),
  }
}

/** Samples that lie in memory already. */
export function memoryStore(buffer: SharedArrayBuffer, rowBytes: number): SampleStore {
  return { source: memorySource(buffer, rowBytes), hold: () => Promise.resolve(), close: () => undefined }
}

function memorySource(buffer: SharedArrayBuffer, rowBytes: number): RowSource {
  return { kind: 'memory', count: buffer.byteLength / rowBytes, rowBytes, buffer }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    if (isMissing(cause)) throw new AppError('file-missing', { file: path }, { cause })
    throw new AppError('read-failed', { path, detail: messageOf(cause) }, { cause })
  }
}
