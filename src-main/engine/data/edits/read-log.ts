import { open, type FileHandle } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { EditLine, type EditsReference } from '@shared/data/edits'
import { issueText } from '@shared/ipc/contract'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'
import { isMissing } from '../../files'
import type { EditLog } from './apply'

/**
 * Reads the lines of a log that count. What stands behind them is of no concern: later edits, or a line that was cut
 * while it was written. Throws `edits-missing`, `edits-cut` or `edits-damaged`, which names the line.
 */
export async function readEdits({ path, lines: wanted }: EditsReference): Promise<EditLog> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    const lines: EditLine[] = []
    const input = handle.createReadStream({ encoding: 'utf8', autoClose: false })
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      lines.push(readLine(text, path, lines.length + 1))
      if (lines.length === wanted) break
    }
    input.destroy()
    if (lines.length < wanted) throw new AppError('edits-cut', { path, lines: wanted, found: lines.length })
    return { path, lines }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (isMissing(cause)) throw new AppError('edits-missing', { path }, { cause })
    const detail = messageOf(cause)
    throw new AppError('read-failed', { path, detail }, { cause })
  } finally {
    await handle?.close()
  }
}

function readLine(text: string, path: string, line: number): EditLine {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new AppError('edits-damaged', { path, line, detail: String(cause) }, { cause })
  }
  const parsed = EditLine.safeParse(content)
  if (!parsed.success) throw new AppError('edits-damaged', { path, line, detail: issueText(parsed.error) })
  return parsed.data
}
