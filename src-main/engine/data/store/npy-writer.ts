import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import type { AppError } from '@shared/ipc/errors'
import { isMissing, writeAll, writeFailed, writing } from '../../files'
import { formatNpyHead, npyBytes, type NpyType } from './npy-header'

/** Rows are gathered up to so many bytes before they go to disk. */
const bufferBytes = 2 ** 20
/** So many bytes are put on disk at a time while more are gathered: in the end there is little left to be waited for. */
const syncBytes = 2 ** 24
/** The head grows with the number of rows, which is known only at the end: there is room for any. */
const headBytes = 192

/** Values of one of the stored types. */
export type NpyValues = Uint8Array | Uint16Array | Float32Array

/**
 * Writes an `.npy` file row by row, in memory that does not grow. Until `finish` the file has another name, so a
 * half-written one is never taken for whole. Where writing fails (`disk-full`, `write-failed`), what is there stays until
 * `discard` removes it or `close` leaves it for `resume`.
 */
export class NpyWriter {
  readonly #path: string
  readonly #temporary: string
  readonly #type: NpyType
  readonly #rowShape: readonly number[]
  readonly #rowLength: number
  readonly #handle: FileHandle
  readonly #buffer = new Uint8Array(bufferBytes)
  #filled = 0
  #position = headBytes
  #values = 0
  /** Where the bytes begin that nobody has begun to put on disk. */
  #unsynced = headBytes
  #syncing: Promise<void> | undefined
  /** Why something could not be put on disk: the system says so only once. */
  #lost: AppError | undefined

  private constructor(path: string, type: NpyType, rowShape: readonly number[], handle: FileHandle) {
    this.#path = path
    this.#temporary = unfinished(path)
    this.#type = type
    this.#rowShape = rowShape
    this.#rowLength = rowShape.reduce((product, size) => product * size, 1)
    this.#handle = handle
  }

  /** Begins a file of rows of a shape (`[]`: a number each). The caller ends it with `finish`, `close` or `discard`. */
  static async create(path: string, type: NpyType, rowShape: readonly number[]): Promise<NpyWriter> {
    return writing(path, async () => new NpyWriter(path, type, rowShape, await open(unfinished(path), 'wx')))
  }

  /**
   * Goes on with a file that a writer of the same type and shape left, from its first `rows` rows; what lies behind them
   * is cut off. Throws where there are fewer.
   */
  static async resume(path: string, type: NpyType, rowShape: readonly number[], rows: number): Promise<NpyWriter> {
    return writing(path, async () => {
      // One that had been finished, while others had not, is opened again.
      await rename(path, unfinished(path)).catch((cause: unknown) => {
        if (!isMissing(cause)) throw cause
      })
      const writer = new NpyWriter(path, type, rowShape, await open(unfinished(path), 'r+'))
      writer.#values = rows * writer.#rowLength
      writer.#position = headBytes + writer.#values * npyBytes(type)
      const { size } = await writer.#handle.stat()
      if (rows > 0 && size < writer.#position) {
        await writer.close()
        throw new Error(`${size} bytes are too few for ${rows} rows`)
      }
      await writer.#handle.truncate(rows > 0 ? writer.#position : 0)
      return writer
    })
  }

  /** Whole rows that were appended so far. */
  get count(): number {
    return this.#values / this.#rowLength
  }

  /** Appends one or more whole rows, which may be changed once this has returned; undefined: nothing had to be waited for. */
  append(values: NpyValues): Promise<void> | undefined {
    if (values.BYTES_PER_ELEMENT !== npyBytes(this.#type) || values.length % this.#rowLength !== 0) {
      throw new RangeError(`${values.length} values of ${values.BYTES_PER_ELEMENT} bytes are no rows of ${this.#path}`)
    }
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    if (this.#filled + bytes.length >= bufferBytes) return this.#spill(bytes, values.length)
    this.#buffer.set(bytes, this.#filled)
    this.#filled += bytes.length
    this.#values += values.length
    return undefined
  }

  /** Hands all rows so far to the system. */
  async flush(): Promise<void> {
    await writing(this.#path, () => this.#flush())
  }

  /** Puts on disk what was handed to the system. */
  async sync(): Promise<void> {
    while (this.#syncing) await this.#syncing
    await this.#startSync()
    if (this.#lost) throw this.#lost
  }

  /** The values of `count` rows from the row `from` on, which have been flushed, into `into`. */
  async read(from: number, count: number, into: NpyValues): Promise<void> {
    const rowBytes = this.#rowLength * npyBytes(this.#type)
    const bytes = new Uint8Array(into.buffer, into.byteOffset, count * rowBytes)
    for (let at = 0; at < bytes.length;) {
      const place = headBytes + from * rowBytes + at
      const { bytesRead } = await this.#handle.read(bytes, at, bytes.length - at, place)
      if (bytesRead === 0) throw writeFailed(this.#path, new Error(`it ends at byte ${place}`))
      at += bytesRead
    }
  }

  /** Puts everything on disk and gives the file its name; the number of rows. */
  async finish(): Promise<number> {
    await writing(this.#path, async () => {
      await this.#flush()
      await writeAll(this.#handle, formatNpyHead(this.#type, [this.count, ...this.#rowShape], headBytes), 0)
      await this.sync()
      await this.#handle.close()
      await rename(this.#temporary, this.#path)
    })
    return this.count
  }

  /** Leaves what was flushed for `resume`. */
  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
  }

  /** Gives the file up and removes what there is of it. */
  async discard(): Promise<void> {
    await this.close()
    await rm(this.#temporary, { force: true })
  }

  async #spill(bytes: Uint8Array, length: number): Promise<void> {
    await writing(this.#path, async () => {
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + bufferBytes - this.#filled)
        this.#buffer.set(part, this.#filled)
        this.#filled += part.length
        at += part.length
        if (this.#filled === bufferBytes) await this.#flush()
      }
    })
    this.#values += length
  }

  async #flush(): Promise<void> {
    await writeAll(this.#handle, this.#buffer.subarray(0, this.#filled), this.#position)
    this.#position += this.#filled
    this.#filled = 0
    if (this.#position - this.#unsynced >= syncBytes && !this.#syncing) void this.#startSync()
  }

  /** Puts on disk what was handed to the system so far; where that fails `#lost` tells why. */
  #startSync(): Promise<void> {
    this.#unsynced = this.#position
    this.#syncing = this.#handle
      .datasync()
      .catch((cause: unknown) => void (this.#lost ??= writeFailed(this.#path, cause)))
      .finally(() => (this.#syncing = undefined))
    return this.#syncing
  }
}

function unfinished(path: string): string {
  return `${path}.tmp`
}
