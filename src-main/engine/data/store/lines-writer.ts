import { open, type FileHandle } from 'node:fs/promises'
import { writeFailed } from '../../files'

/** Lines are gathered up to so many characters before they go to disk. */
const bufferLength = 2 ** 16

/** Writes a text file line by line, in memory that does not grow. It lies in a folder that is not in use yet. */
export class LinesWriter {
  #waiting = ''

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  static async create(path: string): Promise<LinesWriter> {
    try {
      return new LinesWriter(path, await open(path, 'wx'))
    } catch (cause) {
      throw writeFailed(path, cause)
    }
  }

  async append(line: string): Promise<void> {
    this.#waiting += `${line}\n`
    if (this.#waiting.length >= bufferLength) await this.#flush()
  }

  async finish(): Promise<void> {
    await this.#flush()
    try {
      await this.handle.sync()
      await this.handle.close()
    } catch (cause) {
      throw writeFailed(this.path, cause)
    }
  }

  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined)
  }

  async #flush(): Promise<void> {
    const text = this.#waiting
    this.#waiting = ''
    try {
      // On an open file this goes on from where it stands.
      await this.handle.writeFile(text)
    } catch (cause) {
      throw writeFailed(this.path, cause)
    }
  }
}
