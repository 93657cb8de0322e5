import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { withOwnPaths } from '@shared/data/own-paths'
import { issueText } from '@shared/ipc/contract'
import { AppError } from '@shared/ipc/errors'
import { parseHistory } from '@shared/training/history-file'
import type { RunHistory } from '@shared/training/metrics'
import { isLive, RunRecord } from '@shared/training/run'
import { isMissing, reasonOf, writeAtomic } from './atomic-file'
import { numberedName } from './numbered-name'
import { isWithin } from './project-folder'
import { entriesIn } from './read-folder'

/** The name of a run's folder: `run-0001` for number 1. */
export function runIdOf(number: number): string {
  return `run-${numberedName(number)}`
}

/** The folders in `runs/` that are runs by their name, whatever lies in them; none where there is no such folder. */
export async function listRunFolders(runsFolder: string): Promise<{ path: string; number: number }[]> {
  const entries = await entriesIn(runsFolder)
  return entries.flatMap((entry) => {
    const number = /^run-(\d{4,})$/.exec(entry.name)?.[1]
    return entry.isDirectory() && number ? [{ path: join(runsFolder, entry.name), number: Number(number) }] : []
  })
}

/** What `run.json` of a folder says; refuses one that is missing, damaged or of a newer version. */
export async function readRun(folder: string): Promise<RunRecord> {
  const path = join(folder, 'run.json')
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    if (isMissing(cause)) throw new AppError('run-missing', { path: folder }, { cause })
    throw new AppError('run-damaged', { path, detail: reasonOf(cause) }, { cause })
  }
  const run = RunRecord.safeParse(content)
  if (!run.success) throw new AppError('run-damaged', { path, detail: issueText(run.error) })
  return { ...run.data, dataset: withOwnPaths(run.data.dataset, (named) => resolve(folder, named)) }
}

/** Writes a run's record, whole or not at all; data in its project is named by the way from the run. */
export async function writeRun(folder: string, run: RunRecord): Promise<void> {
  const project = join(folder, '..', '..')
  const name = (path: string) => (isWithin(project, path) ? relative(folder, path).replaceAll('\\', '/') : path)
  const named = { ...run, dataset: withOwnPaths(run.dataset, name) }
  await writeAtomic(join(folder, 'run.json'), `${JSON.stringify(named, null, 2)}\n`)
}

/** All that a run recorded: steps and epochs; empty before the first step. */
export async function readHistory(folder: string): Promise<RunHistory> {
  const path = join(folder, 'metrics.jsonl')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (isMissing(cause)) return ''
    throw new AppError('read-failed', { path, detail: reasonOf(cause) }, { cause })
  })
  return parseHistory(text)
}

/**
 * Marks a run whose engine is gone as interrupted, with why. What it recorded up to the end counts, also where its
 * record was last written before that. A run that has ended is left as it is.
 */
export async function markInterrupted(folder: string, why: AppError, now = new Date()): Promise<RunRecord> {
  const run = await readRun(folder)
  if (!isLive(run.state)) return run
  const { loss, epochs } = await readHistory(folder)
  const interrupted: RunRecord = {
    ...run,
    state: 'interrupted',
    endedAt: now.toISOString(),
    stepsDone: Math.max(run.stepsDone, loss.length),
    epochsDone: Math.max(run.epochsDone, epochs.length),
    lastEpoch: epochs.at(-1) ?? run.lastEpoch,
    error: { code: why.code, params: { ...why.params } },
  }
  await writeRun(folder, interrupted)
  return interrupted
}
