import { mkdir, readdir, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '@shared/ipc/errors'
import { isMissing, reasonOf } from '../services/atomic-file'
import { listRunFolders, runIdOf } from '../services/run-folder'

export interface RunPlace {
  readonly id: string
  readonly number: number
  readonly directory: string
}

/**
 * Where a run of the command line goes: the named folder, which must be new or empty, or else the next one in
 * `patchwork-runs`. The folder itself is left for the engine to make.
 */
export async function placeRun(folder: string, out: string | undefined): Promise<RunPlace> {
  if (out !== undefined) {
    const directory = resolve(folder, out)
    await makeRoom(directory)
    return { id: runIdOf(1), number: 1, directory }
  }
  const home = join(folder, 'patchwork-runs')
  const numbers = (await listRunFolders(home)).map(({ number }) => number)
  const number = Math.max(0, ...numbers) + 1
  const directory = join(home, runIdOf(number))
  await makeRoom(directory)
  return { id: runIdOf(number), number, directory }
}

/** Sees to it that a folder can be made: its parent is there, and it is new or was empty. */
export async function makeRoom(directory: string): Promise<void> {
  try {
    await mkdir(dirname(directory), { recursive: true })
    const present = await readdir(directory)
    if (present.length > 0) throw new AppError('folder-not-empty', { path: directory })
    await rmdir(directory)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (isMissing(cause) && reasonOf(cause) === 'ENOENT') return
    throw new AppError('write-failed', { path: directory, detail: reasonOf(cause) }, { cause })
  }
}
