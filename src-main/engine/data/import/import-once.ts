import { createHash } from 'node:crypto'
import { basename, join, parse } from 'node:path'
import { usualImport, type ImportReport } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import { openStored } from '../store/open-stored'
import { gather, stampOf } from './gather'
import { importDataset, type ImportWatcher } from './import'
import { makingOf } from './making'

/** Counted up when importing the same files gives other samples than before. */
const version = 1

/** A data set of files; the report is null where it was made before. */
export interface ImportedOnce {
  readonly directory: string
  readonly report: ImportReport | null
}

/**
 * Imports files with the usual settings into a folder of `home` whose name tells them, their sizes and their times. Where
 * that is there already nothing is made anew; once a file has changed, the name is another.
 */
export async function importOnce(
  { paths, home }: { readonly paths: readonly string[]; readonly home: string },
  watcher: ImportWatcher = {},
): Promise<ImportedOnce> {
  const { files } = await gather(paths, watcher.signal)
  const what = JSON.stringify([version, paths, Object.entries(makingOf(usualImport)).sort(), await stampOf(files)])
  const hash = createHash('sha256').update(what).digest('hex').slice(0, 8)
  const directory = join(home, `${parse(basename(paths[0] ?? '')).name || 'data'}-${hash}`)
  if (await isWhole(directory)) return { directory, report: null }
  return { directory, report: await importDataset({ paths, directory, settings: usualImport }, watcher) }
}

async function isWhole(directory: string): Promise<boolean> {
  try {
    await openStored(directory)
    return true
  } catch (thrown) {
    if (thrown instanceof AppError) return false
    throw thrown
  }
}
