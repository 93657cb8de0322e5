import { createHash } from 'node:crypto'
import type { ImportSettings } from '@shared/data/import'
import type { Journal, JournalHead, JournalMark } from '@shared/data/import-journal'
import { reserveOf, type Room } from '@shared/data/import-plan'
import { storedParts, type StoredPart } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import {
  flagBits,
  refuseUsed,
  StoredWriter,
  type StoredMark,
  type StoredPlan,
  type StoredSamples,
} from '../store/stored-writer'
import { DuplicateFinder } from './fingerprints'
import { refuseCancelled } from './gather'
import { halvesOf, JournalWriter, removeHalf, type Half } from './journal'
import { unpackPrint } from './prints'
import { Tally } from './tally'

/** So many milliseconds of work may have to be done again. */
const usualMarkEvery = 1000

/** A mark may be late by so many times that. */
const mostLate = 10

/** Errors after which what is done is kept: the rest may come in later. */
const passing = new Set(['cancelled', 'disk-full', 'write-failed'])

export interface SessionOrder {
  readonly paths: readonly string[]
  readonly directory: string
  readonly settings: ImportSettings
  /** What an interrupted import of the same left is removed, not gone on with. */
  readonly anew?: boolean | undefined
}

export interface SessionWatcher {
  readonly signal?: AbortSignal | undefined
  /** Tells the room on the disk of a path. */
  readonly roomAt: (path: string) => Promise<Room>
  /** Throws where the rest has no room, of which so many samples are there. */
  readonly refuseWithoutRoom?: (written: number) => Promise<void>
  /** Milliseconds from one mark in the journal to the next. */
  readonly markEvery?: number | undefined
}

/** What of an import is kept while it is under way: the data set so far, and what has to be known to go on with it. */
export class ImportSession {
  readonly writer: StoredWriter
  readonly tally: Tally
  readonly finder: DuplicateFinder
  /** Items that were done before this session. */
  readonly resumed: number
  /** An interrupted import could not be gone on with: its files or settings have changed. */
  readonly begunAnew: boolean
  done: number
  /** Samples of each class and part. */
  readonly counts: readonly Record<StoredPart, number>[]
  readonly #journal: JournalWriter
  readonly #watcher: SessionWatcher
  readonly #earlier: number
  readonly #begun = performance.now()
  /** Items of the newest mark on disk; undefined: there is none. */
  #kept: number | undefined
  #marked = performance.now()
  #writing: Promise<void> | undefined
  #failure: { readonly thrown: unknown } | undefined

  private constructor(
    writer: StoredWriter,
    journal: JournalWriter,
    { finder, counts }: Known,
    watcher: SessionWatcher,
    { mark, begunAnew }: { mark: JournalMark | undefined; begunAnew: boolean },
  ) {
    this.writer = writer
    this.finder = finder
    this.counts = counts
    this.tally = new Tally(mark)
    this.resumed = mark?.done ?? 0
    this.done = this.resumed
    this.begunAnew = begunAnew
    this.#journal = journal
    this.#watcher = watcher
    this.#earlier = mark?.seconds ?? 0
    this.#kept = mark?.done
  }

  /** Goes on with what an interrupted import of the same plan left beside the folder, or begins. */
  static async open(
    { paths, directory, settings, anew }: SessionOrder,
    plan: StoredPlan,
    total: number,
    watcher: SessionWatcher,
  ): Promise<ImportSession> {
    await refuseUsed(directory)
    const hash = createHash('sha256').update(JSON.stringify(plan)).digest('hex')
    const halves = await halvesOf(directory)
    const fitting = anew
      ? undefined
      : halves.flatMap(resumable).find(({ head }) => head.plan === hash && head.total === total)
    await watcher.refuseWithoutRoom?.(fitting?.mark.rows ?? 0)
    for (const half of halves) if (half.folder !== fitting?.folder) await removeHalf(half)
    const known = fitting && (await takeUp(fitting, directory, plan, watcher))
    if (known) return known
    const head: JournalHead = {
      format: 'patchwork-import',
      version: 2,
      begunAt: new Date().toISOString(),
      process: process.pid,
      paths: [...paths],
      settings,
      title: plan.title.slice(0, 200),
      plan: hash,
      total,
    }
    const writer = await StoredWriter.create(directory, { ...plan, createdAt: head.begunAt })
    try {
      const journal = await JournalWriter.begin(writer.temporary, head)
      const begunAnew = !anew && halves.flatMap(resumable).length > 0
      return new ImportSession(writer, journal, nothingKnown(plan), watcher, { mark: undefined, begunAnew })
    } catch (error) {
      await writer.discard()
      throw error
    }
  }

  /** Goes on with `half`, which fits the plan; throws where its files are not what its journal says. */
  static async resume(
    half: Resumable,
    directory: string,
    plan: StoredPlan,
    watcher: SessionWatcher,
  ): Promise<ImportSession> {
    const { folder, head, mark } = half
    const known = nothingKnown(plan)
    const writer = await StoredWriter.resume(
      folder,
      directory,
      { ...plan, createdAt: head.begunAt },
      mark,
      ({ values, part, label }) => {
        refuseCancelled(watcher.signal)
        known.finder.flagsOf(values, part, label)
        count(known.counts, label, part)
      },
    )
    try {
      const journal = await JournalWriter.begin(folder, { ...head, process: process.pid }, mark)
      return new ImportSession(writer, journal, known, watcher, { mark, begunAnew: false })
    } catch (error) {
      await writer.close()
      throw error
    }
  }

  /** What the work took, in all sessions. */
  get seconds(): number {
    return this.#earlier + this.sessionSeconds
  }

  get sessionSeconds(): number {
    return (performance.now() - this.#begun) / 1000
  }

  /** Adds samples with their packed prints, flagged by those before them. Undefined: nothing has to be waited for. */
  add(samples: Omit<StoredSamples, 'flags'>, prints: Uint8Array): Promise<void> | undefined {
    const { labels, parts } = samples
    const printBytes = prints.length / labels.length
    const flags = labels.map((label, n) => {
      const part = storedParts[parts[n] ?? 0] ?? 'train'
      count(this.counts, label, part)
      const print = unpackPrint(prints.subarray(n * printBytes, (n + 1) * printBytes))
      return flagBits(this.finder.flagsOfPrint(print, part, label))
    })
    return this.writer.addAll({ ...samples, flags })
  }

  /** More items are done; everything of them was added and counted. Undefined: nothing has to be waited for. */
  itemsDone(count: number): Promise<void> | undefined {
    this.done += count
    if (this.#failure) throw this.#failure.thrown
    const every = this.#watcher.markEvery ?? usualMarkEvery
    const since = performance.now() - this.#marked
    if (since < every) return undefined
    if (!this.#writing) return this.#mark()
    // A disk that is slow to keep one is waited for in the end: what may be lost has a bound.
    return since >= mostLate * every ? this.#writing.then(() => this.#mark()) : undefined
  }

  /** Makes the data set of what was written. */
  async finish(files: Parameters<StoredWriter['finish']>[0]): Promise<void> {
    await this.#writing
    if (this.#failure) throw this.#failure.thrown
    await this.writer.finish(files)
    await this.#journal.end(this.writer.directory)
  }

  /** Ends a session that failed or was given up; what is done stays where it can be gone on with. The error to throw. */
  async interrupt(thrown: unknown): Promise<unknown> {
    const code = thrown instanceof AppError ? thrown.code : ''
    await this.#writing
    if (code === 'cancelled' && !this.#failure && this.done > 0) {
      await this.#mark().catch(() => undefined)
      await this.#writing
    }
    await this.#journal.close()
    if (this.#kept === undefined || !passing.has(code)) {
      await this.writer.discard()
      return thrown
    }
    await this.writer.close()
    if (code !== 'disk-full') return thrown
    return new AppError('import-disk-full', { path: this.writer.directory, done: this.#kept }, { cause: thrown })
  }

  /** Flushes, and puts the mark on disk while the work goes on. */
  async #mark(): Promise<void> {
    this.#marked = performance.now()
    const room = await this.#watcher.roomAt(this.writer.temporary)
    if (room.free < reserveOf(room) / 2) throw new AppError('disk-full', { path: this.writer.directory })
    const stored = await this.writer.flush()
    this.#writing = this.#put(stored)
  }

  async #put(stored: StoredMark): Promise<void> {
    const { done, seconds } = this
    const mark: JournalMark = { done, ...stored, seconds, ...this.tally.take() }
    try {
      await this.writer.sync()
      await this.#journal.add(mark)
      this.#kept = done
    } catch (thrown) {
      this.#failure = { thrown }
    } finally {
      this.#writing = undefined
    }
  }
}

type Resumable = Half & Journal & { readonly mark: JournalMark }

function resumable({ folder, head, mark }: Half): Resumable[] {
  return head && mark ? [{ folder, head, mark }] : []
}

/** Goes on with what fits; where it turns out to be damaged it is removed. */
async function takeUp(
  half: Resumable,
  directory: string,
  plan: StoredPlan,
  watcher: SessionWatcher,
): Promise<ImportSession | undefined> {
  try {
    return await ImportSession.resume(half, directory, plan, watcher)
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'write-failed') throw thrown
    await removeHalf(half)
    return undefined
  }
}

/** What is known of samples that were written. */
interface Known {
  readonly finder: DuplicateFinder
  readonly counts: readonly Record<StoredPart, number>[]
}

function nothingKnown({ kind, shape, classes }: StoredPlan): Known {
  return {
    finder: new DuplicateFinder(kind === 'pictures' ? shape : []),
    counts: classes.map(() => ({ train: 0, validation: 0, test: 0 })),
  }
}

function count(counts: Known['counts'], label: number, part: StoredPart): void {
  const own = counts[label]
  if (own) own[part] += 1
}
