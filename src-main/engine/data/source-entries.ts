import type { SourceEntry, SourceEntryRequest } from '@shared/data/source-file'
import { AppError } from '@shared/ipc/errors'
import { fileStampAtOnce } from '../files'
import { Refusal, type SourceFile } from './decode/contract'
import { gather, type Found } from './import/gather'

/** What lies in the archives below some paths, by the names that an import gives it; null: it opens none of that name. */
interface Packed {
  readonly key: string
  readonly entries: ReadonlyMap<string, Found | null>
}

/**
 * Entries of archives for who looks at what an import found. They are found and opened as the import does it, into memory;
 * what was found last is kept, since one looks at one after another.
 */
export class SourceEntries {
  #last: Packed | undefined

  /** Reads an entry whole, or its beginning where it is longer than `whole`. */
  async read({ paths, file, whole, start }: SourceEntryRequest, signal?: AbortSignal): Promise<SourceEntry> {
    const closed = { archive: null, size: 0, bytes: new Uint8Array() }
    const found = await this.#find(paths, file, signal)
    if (!found) return closed
    try {
      const entry = await found.open()
      return {
        archive: found.path,
        size: entry.size,
        bytes: await entry.read(0, entry.size > whole ? start : entry.size),
      }
    } catch (thrown) {
      if (thrown instanceof Refusal) return closed
      throw thrown
    }
  }

  /** Opens an entry to be decoded; throws a `Refusal` where an import would not open it. */
  async open(paths: readonly string[], file: string, signal?: AbortSignal): Promise<SourceFile> {
    const found = await this.#find(paths, file, signal)
    if (!found) throw new Refusal('gone')
    return found.open()
  }

  async #find(paths: readonly string[], file: string, signal?: AbortSignal): Promise<Found | null> {
    const key = JSON.stringify(paths.map((path) => [path, fileStampAtOnce(path)]))
    if (this.#last?.key !== key) {
      const { files, refused } = await gather(paths, signal)
      const packed = files.filter((one) => one.packed)
      this.#last = {
        key,
        entries: new Map([
          ...refused.map(({ name }) => [name, null] as const),
          ...packed.map((one) => [one.name, one] as const),
        ]),
      }
    }
    const found = this.#last.entries.get(file)
    if (found === undefined) throw new AppError('file-missing', { file })
    return found
  }
}
