import { open, type FileHandle } from 'node:fs/promises'
import { writeAll, writing } from '../../files'

/** Lines are gathered up to so many characters before they go to disk. */
const bufferLength = 2 ** 16

/** Writes a text file line by line, in memory that does not grow. It lies in a folder that is not in use yet. */
export class LinesWriter {
  #waiting = ''
  #bytes: number

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    bytes: number,
  ) {
    this.#bytes = bytes
  }

  static async create(path: string): Promise<LinesWriter> {
    return writing(path, async () => new LinesWriter(path, await open(path, 'wx'), 0))
  }

  /** Goes on with a file that a writer left, from its first `bytes` bytes; throws where there are fewer. */
  static async resume(path: string, bytes: number): Promise<LinesWriter> {
    return writing(path, async () => {
      const handle = await open(path, 'r+')
      const { size } = await handle.stat()
      if (size < bytes) {
        await handle.close()
        throw new Error(`${size} bytes are fewer than ${bytes}`)
      }
      await handle.truncate(bytes)
      return new LinesWriter(path, handle, bytes)
    })
  }

  /** Bytes that were flushed. */
  get bytes(): number {
    return this.#bytes
  }

  /** Appends a line; undefined: nothing had to be waited for. */
  append(line: string): Promise<void> | undefined {
    this.#waiting += `${line}\n`
    return this.#waiting.length >= bufferLength ? this.flush() : undefined
  }

  /** Hands all lines so far to the system. */
  async flush(): Promise<void> {
    const bytes = new TextEncoder().encode(this.#waiting)
    await writing(this.path, () => writeAll(this.handle, bytes, this.#bytes))
    this.#bytes += bytes.length
    this.#waiting = ''
  }

  /** Puts on disk what was handed to the system. */
  async sync(): Promise<void> {
    await writing(this.path, () => this.handle.datasync())
  }

  async finish(): Promise<void> {
    await this.flush()
    await writing(this.path, async () => {
      await this.handle.sync()
      await this.handle.close()
    })
  }

  /** Leaves what was flushed for `resume`. */
  async close(): Promise<void> {
    await this.handle.close().catch(() => undefined)
  }
}
