import type { RefusedFile } from '@shared/data/collection'
import { toReport, type ErrorReport } from '@shared/ipc/errors'

/** How far files on their way into a class are. */
export interface Adding {
  readonly done: number
  readonly total: number
  readonly seconds: number
}

/** What one part of the files came to; `failed`: those behind it were not copied. */
export interface CopiedPart {
  readonly added: number
  readonly refused: readonly RefusedFile[]
  readonly failed: ErrorReport | null
}

/** What became of all files. What was added stays, however it ended. */
export interface Copied {
  readonly added: number
  readonly total: number
  readonly refused: readonly RefusedFile[]
  /** Why not all were looked at; null: they were. */
  readonly stopped: ErrorReport | 'cancelled' | null
}

export interface CopyOrder {
  readonly files: readonly string[]
  readonly copy: (part: string[]) => Promise<CopiedPart>
  readonly cancelled: () => boolean
  readonly progress: (adding: Adding) => void
  readonly now?: () => number
}

/** Files in the first part; later parts have as many as take about this long, in milliseconds, up to the limit. */
const first = 8
const wanted = 400
const most = 256

/** Copies files part by part, so that one sees how it goes on and can end it. Never throws: a failure ends it too. */
export async function copyFiles({ files, copy, cancelled, progress, now = () => performance.now() }: CopyOrder) {
  const began = now()
  const refused: RefusedFile[] = []
  let added = 0
  let size = first
  const ended = (stopped: Copied['stopped']): Copied => ({ added, total: files.length, refused, stopped })
  for (let at = 0; at < files.length;) {
    if (cancelled()) return ended('cancelled')
    const part = files.slice(at, at + size)
    const start = now()
    try {
      const done = await copy(part)
      added += done.added
      refused.push(...done.refused)
      if (done.failed) return ended(done.failed)
    } catch (thrown) {
      return ended(toReport(thrown))
    }
    at += part.length
    progress({ done: at, total: files.length, seconds: (now() - began) / 1000 })
    size = Math.min(most, Math.max(1, Math.round((part.length * wanted) / Math.max(1, now() - start))))
  }
  return ended(null)
}
