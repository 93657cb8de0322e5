import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportReport, ImportSettings } from '@shared/data/import'
import { ImportRecord, importRecordFile } from '@shared/data/import-record'
import { AppError } from '@shared/ipc/errors'
import type { Log } from '@shared/log'
import type { EngineHost } from '../engine-host/host'
import { isMissing, reasonOf, writeAtomic } from './atomic-file'

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
  /** Makes a data set of files in a new folder `data/<number>` of the open project. */
  run(request: ImportRequest, signal: AbortSignal): Promise<ImportReport>
  /** How the data set in a folder came in; null where it was not made by `run`. */
  read(directory: string): Promise<ImportRecord | null>
  /** Throws while an import is under way, so that its project cannot be left. */
  mayLeave(): void
  /** Gives up what is under way and waits until it is gone, or so many milliseconds. */
  stopLive(patience: number): Promise<void>
}

const made = /^(\d{4,})$/
/** What an import that the system ended left behind. */
const half = /^(\d{4,})\.[0-9a-f]{8}\.tmp$/

/** The data sets that a project keeps of files that a person dropped; the files themselves stay where they are. */
export function createImports({ engine, projectFolder, log }: ImportsOptions): Imports {
  /** What is under way, by the folder that it becomes. */
  const live = new Map<string, { readonly cancel: AbortController; readonly ended: Promise<unknown> }>()
  /** One after another, so that two imports never take one number. */
  let placing: Promise<unknown> = Promise.resolve()

  /** The next free folder; what a crash left is removed first. */
  async function place(folder: string): Promise<string> {
    const names = await readdir(folder).catch((cause: unknown) => {
      if (isMissing(cause)) return []
      throw new AppError('read-failed', { path: folder, detail: reasonOf(cause) }, { cause })
    })
    if (live.size === 0) {
      for (const name of names.filter((one) => half.test(one))) {
        await rm(join(folder, name), { recursive: true, force: true })
      }
    }
    let number = Math.max(0, ...names.map((name) => Number(made.exec(name)?.[1] ?? 0))) + 1
    while (live.has(pathOf(folder, number))) number += 1
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

  return {
    async run(request, signal) {
      const folder = join(projectFolder(), 'data')
      const cancel = new AbortController()
      signal.addEventListener('abort', () => cancel.abort(), { once: true })
      if (signal.aborted) cancel.abort()
      const begun = placing.then(async () => {
        const directory = await place(folder)
        const making = make(directory, request, cancel.signal)
        const ended = making.catch(() => undefined).finally(() => live.delete(directory))
        live.set(directory, { cancel, ended })
        return { making }
      })
      placing = begun.catch(() => undefined)
      return (await begun).making
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
  return join(folder, String(number).padStart(4, '0'))
}
