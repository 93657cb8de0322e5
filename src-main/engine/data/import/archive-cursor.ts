import { Lock } from '@shared/lock'
import { readArchive, usualArchiveLimits, type ArchiveItem, type ArchiveKind } from '../decode/archive/archive'
import { Refusal, usualLimits, type SourceFile } from '../decode/contract'

/**
 * Opens entries of an archive that can only be read from the front. Entries asked for in their order cost one reading of
 * the whole; one that has been passed makes it begin anew.
 */
export class ArchiveCursor {
  readonly #file: SourceFile
  readonly #kind: ArchiveKind
  #items: AsyncGenerator<ArchiveItem> | undefined
  #next = 0
  /** One is opened at a time: the entry before has to be read before the next is looked for. */
  readonly #lock = new Lock()

  constructor(file: SourceFile, kind: ArchiveKind) {
    this.#file = file
    this.#kind = kind
  }

  /** The entry with a number, counted from 0 as `readArchive` gives them. */
  open(number: number): Promise<SourceFile> {
    return this.#lock.run(() => this.#find(number))
  }

  async #find(number: number): Promise<SourceFile> {
    if (this.#items === undefined || number < this.#next) {
      await this.#items?.return(undefined)
      this.#items = readArchive(this.#file, this.#kind, usualArchiveLimits)
      this.#next = 0
    }
    for (;;) {
      const item = await this.#items.next()
      if (item.done) throw new Refusal('gone')
      const here = this.#next
      this.#next += 1
      if (here !== number) continue
      if (item.value.refusal) throw item.value.refusal
      return item.value.entry.open(usualLimits.bytes)
    }
  }
}
