import { open, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SourceFileStart } from '@shared/data/source-file'
import { AppError } from '@shared/ipc/errors'
import { reasonOf } from './atomic-file'
import { isWithin } from './project-folder'
import type { FileManager } from './show-folder'

/** So much of a file is read to be looked at; a larger one is shown by its beginning. */
const most = { whole: 16 * 2 ** 20, start: 64 * 2 ** 10 }

export interface SourceFilesOptions {
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
  /** What a file holds, or begins with; nothing of an archive's entry. */
  read(directory: string, file: string): Promise<SourceFileStart>
}

export function createSourceFiles({ pathsOf, projectFolder, manager }: SourceFilesOptions): SourceFiles {
  async function locate(directory: string, file: string): Promise<{ path: string; inArchive: boolean }> {
    const paths = isWithin(projectFolder(), directory) ? await pathsOf(directory) : null
    if (!paths) throw new AppError('source-unknown', { path: directory })
    const found = await findBelow(paths, file)
    if (!found) throw new AppError('file-missing', { file })
    return found
  }

  return {
    async show(directory, file) {
      manager.showFile((await locate(directory, file)).path)
    },
    async read(directory, file) {
      const { path, inArchive } = await locate(directory, file)
      try {
        const { size } = await stat(path)
        if (inArchive) return { size, inArchive, whole: false, bytes: new Uint8Array() }
        const whole = size <= most.whole
        return { size, inArchive, whole, bytes: await readStart(path, whole ? size : most.start) }
      } catch (cause) {
        throw new AppError('read-failed', { path, detail: reasonOf(cause) }, { cause })
      }
    },
  }
}

/**
 * Where a file lies that an import names by its path below what was dropped. With several paths a name begins with that
 * of the dropped one; a file in none of the folders is one of an archive that was dropped.
 */
async function findBelow(
  paths: readonly string[],
  file: string,
): Promise<{ path: string; inArchive: boolean } | undefined> {
  let archive: string | undefined
  for (const dropped of paths) {
    const facts = await stat(dropped).catch(() => undefined)
    if (facts?.isDirectory()) {
      const start = `${basename(dropped)}/`
      const names = paths.length > 1 && file.startsWith(start) ? [file.slice(start.length), file] : [file]
      for (const name of names) {
        const path = join(dropped, name)
        if (await liesIn(dropped, path)) return { path, inArchive: false }
      }
    } else if (facts?.isFile()) {
      if (basename(dropped) === file) return { path: dropped, inArchive: false }
      archive ??= dropped
    }
  }
  return archive === undefined ? undefined : { path: archive, inArchive: true }
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
