import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportReport, ImportSettings } from '@shared/data/import'
import { journalFile, parseJournal, type Journal, type JournalMark } from '@shared/data/import-journal'
import type { ImportPlan } from '@shared/data/import-plan'
import { ImportRecord, importRecordFile } from '@shared/data/import-record'
import type { InterruptedImport } from '@shared/data/kept-data'
import { AppError } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import type { Log } from '@shared/log'
import type { EngineHost } from '../engine-host/host'
import { isMissing, reasonOf, writeAtomic } from './atomic-file'
import { numberedName } from './numbered-name'
import { namesIn } from './read-folder'

export interface ImportsOptions {
  readonly engine: Pick<EngineHost, 'client'>
  /** The folder of the open project. */
  readonly projectFolder: () => string
  readonly log: Log
}

export interface ImportRequest {
  /** What progress is told under. */
  readonly id: string
  readonly paths: string[]
  readonly settings: ImportSettings
}

export interface Imports {
  /** Tells what an import into the open project would come to. */
  plan(order: Pick<ImportRequest, 'paths' | 'settings'>, signal: AbortSignal): Promise<ImportPlan>
  /** Makes a data set of files in a new folder `data/<number>` of the open project. */
  run(request: ImportRequest, signal: AbortSignal): Promise<ImportReport>
  /** The interrupted imports of the open project, the newest first. */
  interrupted(): Promise<InterruptedImport[]>
  /** Goes on with an interrupted import; where its files have changed it begins anew, and the report says so. */
  resume(request: { readonly id: string; readonly name: string }, signal: AbortSignal): Promise<ImportReport>
  /** Removes what an interrupted import left. */
  discard(name: string): Promise<void>
  /** How the data set in a folder came in; null where it was not made by `run`. */
  read(directory: string): Promise<ImportRecord | null>
  /** Throws while an import is under way, so that its project cannot be left. */
  mayLeave(): void
  /** Gives up what is under way and waits until it is gone, or so many milliseconds. */
  stopLive(patience: number): Promise<void>
}

const made = /^(\d{4,})$/
/** What an import that ended before its time left. */
const half = /^(\d{4,})\.[0-9a-f]{8}\.tmp$/

/** The data sets that a project keeps of files that a person dropped; the files themselves stay where they are. */
export function createImports({ engine, projectFolder, log }: ImportsOptions): Imports {
  /** What is under way, by the folder that it becomes. */
  const live = new Map<string, { readonly cancel: AbortController; readonly ended: Promise<unknown> }>()
  /** One after another, so that two imports never take one number. */
  const placing = new Lock()

  const home = () => join(projectFolder(), 'data')

  /** How far an interrupted import came; undefined where there is nothing to go on with. */
  async function journalIn(name: string): Promise<(Journal & { mark: JournalMark }) | undefined> {
    const text = await readFile(join(home(), name, journalFile), 'utf8').catch(() => '')
    const { head, mark } = parseJournal(text) ?? {}
    return head && mark ? { head, mark } : undefined
  }

  /** The next free folder; what a crash left before there was anything to go on with is removed first. */
  async function place(folder: string): Promise<string> {
    const names = await namesIn(folder)
    let number = 0
    for (const name of names) {
      const ofHalf = half.exec(name)?.[1]
      number = Math.max(number, Number(made.exec(name)?.[1] ?? 0))
      if (ofHalf === undefined || live.has(join(folder, ofHalf))) continue
      if (await journalIn(name)) number = Math.max(number, Number(ofHalf))
      else await rm(join(folder, name), { recursive: true, force: true })
    }
    do number += 1
    while (live.has(pathOf(folder, number)))
    return pathOf(folder, number)
  }

  /** The data is as good without its record. */
  async function keep(directory: string, record: ImportRecord): Promise<void> {
    try {
      await writeAtomic(join(directory, importRecordFile), `${JSON.stringify(record, null, 2)}\n`)
    } catch (thrown) {
      log.warn(`How ${directory} came in was not kept: ${reasonOf(thrown)}`)
    }
  }

  async function make(directory: string, request: ImportRequest, signal: AbortSignal): Promise<ImportReport> {
    const { id, paths, settings } = request
    const client = await engine.client()
    try {
      const report = await client.importDataset({ id, paths, directory, settings }, { signal })
      await keep(directory, { paths, settings, report })
      log.info(`Imported ${report.used} of ${report.found} files into ${directory}`)
      return report
    } catch (thrown) {
      if (signal.aborted) throw new AppError('cancelled', { name: 'importFiles' }, { cause: thrown })
      throw thrown
    }
  }

  /** Imports into the folder that `place` gives, in its turn. */
  async function begin(
    request: ImportRequest,
    signal: AbortSignal,
    placeIt: () => Promise<string> | string,
  ): Promise<ImportReport> {
    const cancel = new AbortController()
    signal.addEventListener('abort', () => cancel.abort(), { once: true })
    if (signal.aborted) cancel.abort()
    const { making } = await placing.run(async () => {
      const directory = await placeIt()
      if (live.has(directory)) throw new AppError('import-live')
      const making = make(directory, request, cancel.signal)
      const ended = making.catch(() => undefined).finally(() => live.delete(directory))
      live.set(directory, { cancel, ended })
      return { making }
    })
    return making
  }

  return {
    async plan(order, signal) {
      const client = await engine.client()
      return client.planImport({ ...order, directory: home() }, { signal })
    },
    run(request, signal) {
      const folder = home()
      return begin(request, signal, () => place(folder))
    },
    async interrupted() {
      const found: InterruptedImport[] = []
      for (const name of await namesIn(home())) {
        const number = half.exec(name)?.[1]
        const journal = number !== undefined && !live.has(join(home(), number)) && (await journalIn(name))
        if (!journal) continue
        const { title, begunAt, total } = journal.head
        found.push({ name, title, begunAt, total, done: journal.mark.done })
      }
      return found.sort((one, other) => other.begunAt.localeCompare(one.begunAt))
    },
    async resume({ id, name }, signal) {
      const journal = await journalIn(name)
      if (!journal) throw new AppError('import-gone', { path: join(home(), name) })
      const { paths, settings } = journal.head
      const directory = join(home(), half.exec(name)?.[1] ?? '')
      return begin({ id, paths, settings }, signal, () => directory)
    },
    async discard(name) {
      const folder = home()
      const number = half.exec(name)?.[1]
      if (number === undefined || live.has(join(folder, number))) throw new AppError('import-live')
      await rm(join(folder, name), { recursive: true, force: true }).catch((cause: unknown) => {
        throw new AppError('write-failed', { path: join(folder, name), detail: reasonOf(cause) }, { cause })
      })
      log.info(`Discarded the interrupted import ${name}`)
    },
    async read(directory) {
      try {
        const text = await readFile(join(directory, importRecordFile), 'utf8')
        return ImportRecord.parse(JSON.parse(text))
      } catch (thrown) {
        if (!isMissing(thrown)) log.warn(`How ${directory} came in cannot be read: ${reasonOf(thrown)}`)
        return null
      }
    },
    mayLeave() {
      if (live.size > 0) throw new AppError('import-live')
    },
    async stopLive(patience) {
      for (const { cancel } of live.values()) cancel.abort()
      const ended = Promise.all([...live.values()].map((one) => one.ended))
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, patience))])
    },
  }
}

function pathOf(folder: string, number: number): string {
  return join(folder, numberedName(number))
}
