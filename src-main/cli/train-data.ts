import { join, resolve } from 'node:path'
import type { DatasetSource } from '@shared/data/dataset'
import { toBeImported } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import type { EngineHost } from '../engine-host/host'
import { withProgress } from './import-progress'
import { numbersIn } from './numbers'
import type { Surroundings } from './surroundings'

/** Where data sets that training makes of files lie, beside the runs. */
export const dataHome = 'patchwork-data'

/** The data set at a path, or what an import with the usual settings makes of the files there, the first time. */
export async function dataAt(path: string, engine: EngineHost, surroundings: Surroundings): Promise<DatasetSource> {
  const client = await engine.client()
  const paths = [resolve(surroundings.folder, path)]
  try {
    return await client.recognizeFiles({ paths })
  } catch (thrown) {
    if (!(thrown instanceof AppError) || !toBeImported.has(thrown.code)) throw thrown
    return imported(paths, engine, surroundings)
  }
}

async function imported(paths: string[], engine: EngineHost, surroundings: Surroundings): Promise<DatasetSource> {
  const { folder, text, tell, locale } = surroundings
  const client = await engine.client()
  const order = { id: 'import', paths, home: join(folder, dataHome) }
  const { directory, report } = await withProgress(engine, surroundings, (signal) =>
    client.importOnce(order, { signal }),
  )
  if (report) {
    const { count } = numbersIn(locale)
    const values = { used: count(report.used), found: count(report.found), path: directory }
    tell(`${text('cli.train.imported', values)}\n`)
  } else tell(`${text('cli.train.importedBefore', { path: directory })}\n`)
  return { kind: 'stored', title: '', directory }
}
