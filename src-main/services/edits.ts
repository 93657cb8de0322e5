import { mkdir, open, readFile, truncate } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import type { DatasetSource, DatasetSummary } from '@shared/data/dataset'
import { EditLine, type Edit } from '@shared/data/edits'
import { AppError } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import type { Log } from '@shared/log'
import type { EngineHost } from '../engine-host/host'
import { isMissing, reasonOf } from './atomic-file'

export interface EditsOptions {
  readonly engine: Pick<EngineHost, 'client'>
  /** The folder of the open project. */
  readonly projectFolder: () => string
  readonly log: Log
}

export interface Edits {
  /**
   * Adds an edit to the log of a data set, which begins with its first one, and tells what the data is from then on. An
   * edit that cannot be meant is refused before anything is written.
   */
  append(source: DatasetSource, edit: Edit): Promise<DatasetSummary>
}

/** The logs of edits that a project keeps, in `data/edits`; the data itself is never written to. */
export function createEdits({ engine, projectFolder, log }: EditsOptions): Edits {
  /** One after another, so that no two edits take one line. */
  const lock = new Lock()

  async function append(source: DatasetSource, edit: Edit, folder: string): Promise<DatasetSummary> {
    const client = await engine.client()
    const { samples } = await client.checkEdit({ source, edit })
    const known = source.edits
    if (known && !isOwnLog(folder, known.path)) throw new AppError('edits-outside', { path: known.path })
    const path = known?.path ?? (await newLog(folder, nameOf(source)))
    const { length, lines } = known ? await wholeLines(path, known.lines) : { length: 0, lines: 0 }
    // What nobody counts, since the program ended before the project was saved, is taken back from the last line on.
    const lost = Array.from({ length: lines - (known?.lines ?? 0) }, (_, n): Edit => ({
      kind: 'undo',
      line: lines - n,
    }))
    const at = new Date().toISOString()
    const added = [...lost, edit].map((one): EditLine => ({ at, samples, edit: one }))
    await addLines(path, length, added)
    const next = { ...source, edits: { path, lines: lines + added.length } }
    log.info(`Edit ${next.edits.lines} in ${path}: ${edit.kind}`)
    return client.openDataset({ source: next })
  }

  return {
    append(source, edit) {
      const folder = join(projectFolder(), 'data', 'edits')
      return lock.run(() => append(source, edit, folder))
    },
  }
}

/** A window names the log; nothing else of the disk is ever written to. */
function isOwnLog(folder: string, path: string): boolean {
  return relative(folder, dirname(path)) === '' && /^[\w-]+\.jsonl$/.test(basename(path))
}

/** How a log is called: after the data, in letters that every file system takes. */
function nameOf(source: DatasetSource): string {
  const name =
    source.kind === 'sample' ? source.id : source.kind === 'stored' ? basename(source.directory) : source.title
  return (
    name
      .replace(/\W+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'data'
  )
}

/** Makes an empty log; one that is there may be named by a run, so it is left alone. */
async function newLog(folder: string, name: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true })
    for (let number = 1; ; number++) {
      const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.jsonl`)
      const made = await open(path, 'wx').then(
        (file) => file.close().then(() => true),
        (cause: unknown) => {
          if (reasonOf(cause) === 'EEXIST') return false
          throw cause
        },
      )
      if (made) return path
    }
  } catch (cause) {
    throw new AppError('write-failed', { path: folder, detail: reasonOf(cause) }, { cause })
  }
}

/** How many lines are whole, the counted ones in any case, and where the last of them ends. */
async function wholeLines(path: string, counted: number): Promise<{ length: number; lines: number }> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (cause) {
    if (isMissing(cause)) throw new AppError('edits-missing', { path }, { cause })
    throw new AppError('read-failed', { path, detail: reasonOf(cause) }, { cause })
  }
  let [length, lines] = [0, 0]
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, length)) {
    if (lines >= counted && !isLine(bytes.toString('utf8', length, end))) break
    length = end + 1
    lines += 1
  }
  if (lines < counted) throw new AppError('edits-cut', { path, lines: counted, found: lines })
  return { length, lines }
}

function isLine(text: string): boolean {
  try {
    return EditLine.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

/** Writes behind the whole lines and flushes to disk; where that fails, the log ends where it did before. */
async function addLines(path: string, length: number, lines: readonly EditLine[]): Promise<void> {
  try {
    await truncate(path, length)
    const file = await open(path, 'a')
    try {
      await file.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (cause) {
    await truncate(path, length).catch(() => undefined)
    throw new AppError(
      reasonOf(cause) === 'ENOSPC' ? 'disk-full' : 'write-failed',
      { path, detail: reasonOf(cause) },
      { cause },
    )
  }
}
