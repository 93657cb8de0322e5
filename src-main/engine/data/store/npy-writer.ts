import { randomBytes } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { writeFailed } from '../../files'
import { formatNpyHead, npyBytes, type NpyType } from './npy-header'

/** Rows are gathered up to so many bytes before they go to disk. */
const bufferBytes = 2 ** 20
/** The head grows with the number of rows, which is known only at the end: there is room for any. */
const headBytes = 192

/** Values of one of the stored types. */
export type NpyValues = Uint8Array | Uint16Array | Float32Array

/**
 * Writes an `.npy` file row by row, in memory that does not grow. Until `finish` the file has another name, so a
 * half-written one is never taken for whole. Where writing fails (`disk-full`, `write-failed`), nothing is left behind.
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

  private constructor(path: string, temporary: string, type: NpyType, rowShape: readonly number[], handle: FileHandle) {
    this.#path = path
    this.#temporary = temporary
    this.#type = type
    this.#rowShape = rowShape
    this.#rowLength = rowShape.reduce((product, size) => product * size, 1)
    this.#handle = handle
  }

  /** Begins a file of rows of a shape (`[]`: a number each). The caller ends it with `finish` or `discard`. */
  static async create(path: string, type: NpyType, rowShape: readonly number[]): Promise<NpyWriter> {
    const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
    try {
      return new NpyWriter(path, temporary, type, rowShape, await open(temporary, 'wx'))
    } catch (cause) {
      throw writeFailed(path, cause)
    }
  }

  /** Whole rows that were appended so far. */
  get count(): number {
    return this.#values / this.#rowLength
  }

  /** Appends one or more whole rows, which may be changed once this has returned. */
  async append(values: NpyValues): Promise<void> {
    if (values.BYTES_PER_ELEMENT !== npyBytes(this.#type) || values.length % this.#rowLength !== 0) {
      throw new RangeError(`${values.length} values of ${values.BYTES_PER_ELEMENT} bytes are no rows of ${this.#path}`)
    }
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    await this.#guarded(async () => {
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + bufferBytes - this.#filled)
        this.#buffer.set(part, this.#filled)
        this.#filled += part.length
        at += part.length
        if (this.#filled === bufferBytes) await this.#flush()
      }
    })
    this.#values += values.length
  }

  /** Puts everything on disk and gives the file its name; the number of rows. */
  async finish(): Promise<number> {
    await this.#guarded(async () => {
      await this.#flush()
      await this.#write(formatNpyHead(this.#type, [this.count, ...this.#rowShape], headBytes), 0)
      await this.#handle.sync()
      await this.#handle.close()
      await rename(this.#temporary, this.#path)
    })
    return this.count
  }

  /** Gives the file up and removes what there is of it. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
    await rm(this.#temporary, { force: true })
  }

  async #flush(): Promise<void> {
    await this.#write(this.#buffer.subarray(0, this.#filled), this.#position)
    this.#position += this.#filled
    this.#filled = 0
  }

  /** A disk that fills up takes part of what it is given, and says why at the next attempt. */
  async #write(bytes: Uint8Array, position: number): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, position + at)
      at += bytesWritten
    }
  }

  async #guarded(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (cause) {
      await this.discard()
      throw writeFailed(this.#path, cause)
    }
  }
}
