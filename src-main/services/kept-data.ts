import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { DatasetSource } from '@shared/data/dataset'
import { KeptName, type KeptData } from '@shared/data/kept-data'
import { storedFiles, StoredDataset } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import type { Log } from '@shared/log'
import { isMissing, reasonOf } from './atomic-file'
import { namesIn } from './read-folder'

export interface KeptDataOptions {
  /** The folder of the open project. */
  readonly projectFolder: () => string
  /** The data that the project has open. */
  readonly openSource: () => Promise<DatasetSource | null>
  /** The data that each run of the project was trained on. */
  readonly runSources: () => Promise<DatasetSource[]>
  readonly log: Log
  /** Moves a folder to the system's trash. */
  readonly trash: (path: string) => Promise<void>
}

/** The data sets that imports made in the open project: folders `data/<number>`. */
export interface KeptDataSets {
  /** The newest first. What is no data set, or cannot be read, is left out. */
  list(): Promise<KeptData[]>
  /** Moves one to the trash; refuses one that the project or one of its runs uses. */
  remove(name: string): Promise<void>
}

export function createKeptData({ projectFolder, openSource, runSources, log, trash }: KeptDataOptions): KeptDataSets {
  const home = () => join(projectFolder(), 'data')

  /** How often each folder is used. */
  async function uses(): Promise<(name: string) => Pick<KeptData, 'open' | 'runs'>> {
    const [open, runs] = [await openSource(), await runSources()]
    const isOf = (source: DatasetSource | null, name: string) =>
      source?.kind === 'stored' && relative(join(home(), name), source.directory) === ''
    return (name) => ({ open: isOf(open, name), runs: runs.filter((source) => isOf(source, name)).length })
  }

  async function read(name: string, used: Pick<KeptData, 'open' | 'runs'>): Promise<KeptData | undefined> {
    const folder = join(home(), name)
    try {
      const text = await readFile(join(folder, storedFiles.manifest), 'utf8')
      const { title, count, createdAt, preprocessing } = StoredDataset.parse(JSON.parse(text))
      return {
        name,
        directory: folder,
        title,
        samples: count,
        shape: preprocessing.shape,
        createdAt,
        bytes: await bytesIn(folder),
        ...used,
      }
    } catch (thrown) {
      if (!isMissing(thrown)) log.warn(`The data in ${folder} cannot be read: ${reasonOf(thrown)}`)
      return undefined
    }
  }

  return {
    async list() {
      const names = await namesIn(home())
      const used = await uses()
      const numbered = names.filter((name) => KeptName.safeParse(name).success)
      const found = await Promise.all(numbered.map((name) => read(name, used(name))))
      return found
        .filter((data) => data !== undefined)
        .sort((one, other) => other.createdAt.localeCompare(one.createdAt))
    },
    async remove(name) {
      const path = join(home(), KeptName.parse(name))
      const { open, runs } = (await uses())(name)
      if (open || runs > 0) throw new AppError('data-in-use', { path })
      if (await stat(path).then(() => false, isMissing)) return
      try {
        await trash(path)
      } catch (cause) {
        throw new AppError('trash-failed', { path, detail: reasonOf(cause) }, { cause })
      }
      log.info(`Moved ${path} to the trash`)
    },
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true })
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map(async ({ name }) => (await stat(join(folder, name))).size),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
