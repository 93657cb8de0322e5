import { open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises'
import { uptime } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import {
  journalFile,
  parseJournal,
  type Journal,
  type JournalHead,
  type JournalMark,
} from '@shared/data/import-journal'
import { writeAll, writeAtomically, writeFailed, writing } from '../../files'

/** Tells on disk how far an import came. Each mark is one line; one that is cut off by a crash counts as not written. */
export class JournalWriter {
  readonly #folder: string
  readonly #handle: FileHandle
  #position: number

  private constructor(folder: string, handle: FileHandle, position: number) {
    this.#folder = folder
    this.#handle = handle
    this.#position = position
    inHand.add(folder)
  }

  /** Begins a journal in the folder of an unfinished data set, with a first mark where it is gone on with. */
  static async begin(folder: string, head: JournalHead, mark?: JournalMark): Promise<JournalWriter> {
    const path = join(folder, journalFile)
    const text = [head, ...(mark ? [mark] : [])].map((line) => `${JSON.stringify(line)}\n`).join('')
    await writeAtomically(path, text)
    try {
      return new JournalWriter(folder, await open(path, 'r+'), Buffer.byteLength(text))
    } catch (cause) {
      throw writeFailed(path, cause)
    }
  }

  /** Adds a mark, whose rows are on disk already, and puts it there too. */
  async add(mark: JournalMark): Promise<void> {
    const bytes = Buffer.from(`${JSON.stringify(mark)}\n`)
    await writing(join(this.#folder, journalFile), async () => {
      await writeAll(this.#handle, bytes, this.#position)
      await this.#handle.datasync()
    })
    this.#position += bytes.length
  }

  /** Ends the journal of a data set that has become `directory`. */
  async end(directory: string): Promise<void> {
    await this.close()
    await rm(join(directory, journalFile), { force: true })
  }

  /** Ends the work on the folder, which another import may go on with. */
  async close(): Promise<void> {
    inHand.delete(this.#folder)
    await this.#handle.close().catch(() => undefined)
  }
}

/** Folders that this process works on. */
const inHand = new Set<string>()

/** What an import that ended before its time left. */
export interface Half {
  readonly folder: string
  /** Undefined: its journal cannot be read. */
  readonly head?: JournalHead
  /** Undefined: there is nothing to go on with. */
  readonly mark?: JournalMark | undefined
}

/** What interrupted imports left that were to become a folder, the newest first; those that still go on are none. */
export async function halvesOf(directory: string): Promise<Half[]> {
  const target = resolve(directory)
  const parent = dirname(target)
  const names = await readdir(parent).catch(() => [])
  const found: { half: Half; changed: number }[] = []
  for (const name of names) {
    if (!isHalfOf(basename(target), name)) continue
    const folder = join(parent, name)
    const journal = await journalIn(folder)
    const changed = journal?.changed ?? (await stat(folder).then(({ mtimeMs }) => mtimeMs, Date.now))
    if (journal ? await goesOn(folder, journal.head.process, changed) : changed > Date.now() - silence) continue
    found.push({ half: { folder, ...(journal && { head: journal.head, mark: journal.mark }) }, changed })
  }
  return found.sort((one, other) => other.changed - one.changed).map(({ half }) => half)
}

async function journalIn(folder: string): Promise<(Journal & { changed: number }) | undefined> {
  const path = join(folder, journalFile)
  try {
    const { mtimeMs } = await stat(path)
    const journal = parseJournal(await readFile(path, 'utf8'))
    return journal && { ...journal, changed: mtimeMs }
  } catch {
    return undefined
  }
}

export async function removeHalf({ folder }: Half): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

function isHalfOf(name: string, half: string): boolean {
  return half.startsWith(`${name}.`) && /^[0-9a-f]{8}\.tmp$/.test(half.slice(name.length + 1))
}

/** A journal that was not written to for so long, in milliseconds, is nobody's: its process's number may be another's now. */
const silence = 600_000

/** Whether the process that writes a journal is still at it. */
async function goesOn(folder: string, writer: number, changed: number): Promise<boolean> {
  if (writer === process.pid) return inHand.has(folder)
  if (changed < Date.now() - Math.min(uptime() * 1000, silence)) return false
  try {
    process.kill(writer, 0)
  } catch (thrown) {
    // A process of somebody else lives too.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM')) return false
  }
  return !(await isZombie(writer))
}

/** Whether a process has ended and only its number is still taken, as that of one whose parent was killed too is for a while. */
async function isZombie(pid: number): Promise<boolean> {
  // Only Linux tells so. The state stands behind the program's name, which may hold anything.
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return /^ [ZX] /.test(text.slice(text.lastIndexOf(')') + 1))
}
