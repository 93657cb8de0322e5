import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'

let count = 0

/**
 * Replaces a file's content so that whoever reads it, also after a crash or a power cut, finds the old or the new
 * content and nothing between: written beside it, flushed to disk, then renamed over it.
 */
export async function writeAtomic(path: string, content: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${++count}.tmp`)
  try {
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(content, 'utf8')
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw new AppError('write-failed', { path, detail: reasonOf(cause) }, { cause })
  }
}

/** Brings the rename itself to disk. Windows cannot flush a folder and does not need to. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  } catch {
    // The content is safe either way; only the name's change may come to disk later.
  }
}

/** The system's code of a failure (`ENOSPC`) where it has one, else its text. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code
  return messageOf(thrown)
}

/** Whether a file operation failed because there is no such file or folder. */
export function isMissing(thrown: unknown): boolean {
  const reason = reasonOf(thrown)
  return reason === 'ENOENT' || reason === 'ENOTDIR'
}
