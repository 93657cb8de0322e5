import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { issueText } from '@shared/ipc/contract'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'

/**
 * Writes a file so that there is always either the old content or the new, whole and on disk: into a temporary file
 * beside it, which then takes its name. Throws `write-failed`.
 */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  await writing(path, async () => {
    try {
      const handle = await open(temporary, 'w')
      try {
        await handle.writeFile(content)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await syncFolder(dirname(path))
  })
}

/** A file's size and time as a text, which changes when the file does; a missing one is left to its opening to report. */
export async function fileStamp(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path)
    return `${size} ${mtimeMs}`
  } catch {
    return 'missing'
  }
}

/** As `fileStamp`, without waiting for another thread, which takes many times as long as to ask the system. */
export function fileStampAtOnce(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path)
    return `${size} ${mtimeMs}`
  } catch {
    return 'missing'
  }
}

/** Runs `write` and turns what the system says into `write-failed` with the path. */
export async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (cause) {
    throw writeFailed(path, cause)
  }
}

/** Writes all bytes from a position on. A disk that fills up takes part of what it is given, and says why at the next attempt. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}

/** The error of a file that could not be written. */
export function writeFailed(path: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('disk-full', { path }, { cause })
  return new AppError('write-failed', { path, detail: messageOf(cause) }, { cause })
}

/** A JSON file checked against its schema; undefined where there is none. `onDamage` gives the error of a bad one. */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  onDamage: (detail: string) => AppError,
): Promise<T | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw new AppError('read-failed', { path, detail: String(cause) }, { cause })
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw onDamage(String(cause))
  }
  const parsed = schema.safeParse(content)
  if (!parsed.success) throw onDamage(issueText(parsed.error))
  return parsed.data
}

/** Whether an error of the file system says that there is no such file. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
}

/** Makes a rename in a folder last; some systems do not allow to open folders and need no such thing. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  if (!handle) return
  try {
    await handle.sync().catch(() => undefined)
  } finally {
    await handle.close()
  }
}
