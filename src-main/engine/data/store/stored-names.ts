import { open, type FileHandle } from 'node:fs/promises'
import { SampleName } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import { messageOf } from '@shared/message-of'
import type { SampleNames } from '../table'
import { damaged } from './open-stored'

const lineEnd = 10
const pieceBytes = 256 * 1024

/**
 * The names of a stored data set: a line of JSON for each sample. Where lines begin is found out at the first question,
 * so that a page of names is read by position; the names themselves are never kept.
 */
export function storedNames(path: string, count: number): SampleNames {
  let index: Promise<Float64Array> | undefined

  /** Where each line begins; the last entry is the file's end. */
  async function starts(handle: FileHandle): Promise<Float64Array> {
    const found = new Float64Array(count + 1)
    let lines = 0
    let at = 0
    for await (const piece of pieces(handle)) {
      for (let end = piece.indexOf(lineEnd); end >= 0; end = piece.indexOf(lineEnd, end + 1)) {
        lines += 1
        if (lines <= count) found[lines] = at + end + 1
      }
      at += piece.length
    }
    if (lines !== count || found[count] !== at) throw damaged(path, `it holds ${lines} lines, expected are ${count}`)
    return found
  }

  function indexed(handle: FileHandle): Promise<Float64Array> {
    index ??= starts(handle)
    index.catch(() => (index = undefined))
    return index
  }

  return {
    at: (rows) =>
      reading(path, async (handle) => {
        const lines = await indexed(handle)
        const names: SampleName[] = []
        for (let n = 0; n < rows.length;) {
          let last = n
          while (last + 1 < rows.length && rows[last + 1] === (rows[last] ?? 0) + 1) last += 1
          const [from, to] = [lines[rows[n] ?? 0] ?? 0, lines[(rows[last] ?? 0) + 1] ?? 0]
          const { bytesRead, buffer } = await handle.read(Buffer.alloc(to - from), 0, to - from, from)
          if (bytesRead < to - from) throw new AppError('file-changed', { file: path })
          for (const line of buffer.toString('utf8').split('\n').slice(0, -1)) names.push(parsed(line, rows[n++]))
        }
        return names
      }),
    each: (visit) =>
      reading(path, async (handle) => {
        let row = 0
        let rest = Buffer.alloc(0)
        for await (const piece of pieces(handle)) {
          const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
          const whole = bytes.lastIndexOf(lineEnd) + 1
          for (const line of bytes.toString('utf8', 0, whole).split('\n').slice(0, -1)) visit(parsed(line, row), row++)
          rest = bytes.subarray(whole)
        }
        if (row !== count) throw damaged(path, `it holds ${row} lines, expected are ${count}`)
      }),
  }

  function parsed(line: string, row: number | undefined): SampleName {
    try {
      return SampleName.parse(JSON.parse(line))
    } catch (cause) {
      throw damaged(path, `line ${(row ?? 0) + 1}: ${messageOf(cause)}`)
    }
  }
}

async function* pieces(handle: FileHandle): AsyncGenerator<Buffer<ArrayBuffer>> {
  for (let at = 0; ;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, at)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}

async function reading<T>(path: string, read: (handle: FileHandle) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined
  try {
    handle = await open(path, 'r')
    return await read(handle)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw damaged(path, messageOf(cause))
  } finally {
    await handle?.close()
  }
}
