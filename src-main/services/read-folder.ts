import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { AppError } from '@shared/ipc/errors'
import { isMissing, reasonOf } from './atomic-file'

/** What is in a folder; nothing where there is no such folder. */
export async function entriesIn(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (cause) {
    if (isMissing(cause)) return []
    throw new AppError('read-failed', { path: folder, detail: reasonOf(cause) }, { cause })
  }
}

/** The names of all that is in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await entriesIn(folder)).map(({ name }) => name)
}
