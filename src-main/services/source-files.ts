import { open, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { OriginalSound, SampleAddress } from '@shared/data/sample-detail'
import type { SourceEntry, SourceFileStart } from '@shared/data/source-file'
import { AppError } from '@shared/ipc/errors'
import type { EngineHost } from '../engine-host/host'
import { reasonOf } from './atomic-file'
import { isWithin } from './project-folder'
import type { FileManager } from './show-folder'

/** So much of a file is read to be looked at; a larger one is shown by its beginning. */
const most = { whole: 16 * 2 ** 20, start: 64 * 2 ** 10 }

export interface SourceFilesOptions {
  readonly engine: Pick<EngineHost, 'client'>
  /** What an import into a folder was given; null: the folder is no import's. */
  readonly pathsOf: (directory: string) => Promise<readonly string[] | null>
  /** The open project's folder: nothing is told of data sets elsewhere. */
  readonly projectFolder: () => string
  readonly manager: FileManager
}

/** The files that an import found, as far as its own paths reach and no further. Nothing is ever run or changed. */
export interface SourceFiles {
  /** Shows a file in the system's file manager; of an archive's entry the archive. */
  show(directory: string, file: string): Promise<void>
  /** What a file holds, or begins with; of an archive's entry as far as an import opens it. */
  read(directory: string, file: string, signal?: AbortSignal): Promise<SourceFileStart>
  /** The sound that a sample is a picture of, from its file. */
  readOriginal(directory: string, file: string, sample: SampleAddress, signal?: AbortSignal): Promise<OriginalSound>
}

export function createSourceFiles({ engine, pathsOf, projectFolder, manager }: SourceFilesOptions): SourceFiles {
  async function pathsBehind(directory: string): Promise<readonly string[]> {
    const paths = isWithin(projectFolder(), directory) ? await pathsOf(directory) : null
    if (!paths) throw new AppError('source-unknown', { path: directory })
    return paths
  }

  /** The engine finds what lies in archives; what it finds must be below the paths after links were followed, too. */
  async function readEntry(paths: readonly string[], file: string, signal?: AbortSignal): Promise<SourceEntry> {
    const entry = await (
      await engine.client()
    ).readEntry({ paths: [...paths], file, ...most }, signal ? { signal } : {})
    const { archive } = entry
    if (archive !== null && !(await isBelow(paths, archive))) throw new AppError('file-missing', { file })
    return entry
  }

  return {
    async readOriginal(directory, file, sample, signal) {
      const paths = await pathsBehind(directory)
      const path = (await findBelow(paths, file)) ?? null
      // Refuses an archive that lies elsewhere.
      if (path === null) await readEntry(paths, file, signal)
      const request = { ...sample, paths: [...paths], file, path }
      return (await engine.client()).readOriginal(request, signal ? { signal } : {})
    },
    async show(directory, file) {
      const paths = await pathsBehind(directory)
      const path = (await findBelow(paths, file)) ?? (await archiveOf(paths, file, readEntry))
      if (path === undefined) throw new AppError('file-missing', { file })
      manager.showFile(path)
    },
    async read(directory, file, signal) {
      const paths = await pathsBehind(directory)
      const path = await findBelow(paths, file)
      if (path === undefined) {
        const { archive, size, bytes } = await readEntry(paths, file, signal)
        return { size, inArchive: true, closed: archive === null, whole: bytes.length === size, bytes }
      }
      try {
        const { size } = await stat(path)
        const whole = size <= most.whole
        const bytes = await readStart(path, whole ? size : most.start)
        return { size, inArchive: false, closed: false, whole, bytes }
      } catch (cause) {
        throw new AppError('read-failed', { path, detail: reasonOf(cause) }, { cause })
      }
    },
  }
}

type ReadEntry = (paths: readonly string[], file: string) => Promise<SourceEntry>

/** The archive that an entry lies in: the only one that was dropped, else where the engine finds it. */
async function archiveOf(paths: readonly string[], file: string, readEntry: ReadEntry): Promise<string | undefined> {
  const [path, ...others] = paths
  if (path !== undefined && others.length === 0 && (await stat(path).catch(() => undefined))?.isFile()) return path
  return (await readEntry(paths, file)).archive ?? undefined
}

/** Whether a path is one of those that were dropped, or lies in one of them. */
async function isBelow(paths: readonly string[], path: string): Promise<boolean> {
  for (const dropped of paths) if (resolve(dropped) === path || (await liesIn(dropped, path))) return true
  return false
}

/**
 * Where a file lies that an import names by its path below what was dropped; undefined: nowhere, or in an archive. With
 * several paths a name begins with that of the dropped one.
 */
async function findBelow(paths: readonly string[], file: string): Promise<string | undefined> {
  for (const dropped of paths) {
    const facts = await stat(dropped).catch(() => undefined)
    if (facts?.isDirectory()) {
      const start = `${basename(dropped)}/`
      const names = paths.length > 1 && file.startsWith(start) ? [file.slice(start.length), file] : [file]
      for (const name of names) {
        const path = join(dropped, name)
        if (await liesIn(dropped, path)) return path
      }
    } else if (facts?.isFile() && basename(dropped) === file) return dropped
  }
  return undefined
}

/** Whether there is an ordinary file at a path, and in the folder even after all links were followed. */
async function liesIn(folder: string, path: string): Promise<boolean> {
  if (!isWithin(folder, path)) return false
  try {
    return isWithin(await realpath(folder), await realpath(path)) && (await stat(path)).isFile()
  } catch {
    return false
  }
}

async function readStart(path: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, 'r')
  try {
    const bytes = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const { bytesRead } = await handle.read(bytes, filled, length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.slice(0, filled)
  } finally {
    await handle.close()
  }
}
