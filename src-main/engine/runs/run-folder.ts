import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { withOwnPaths } from '@shared/data/own-paths'
import { AppError } from '@shared/ipc/errors'
import { historyText, type EpochLine, type StepLine } from '@shared/training/history-file'
import { RunRecord } from '@shared/training/run'
import { readJson, writeAtomically, writeFailed, writing } from '../files'

/*
 * A run's folder:
 *   run.json        the record (RunRecord), written anew at every change of state and after every epoch
 *   metrics.jsonl   the history, appended while the run trains (see @shared/training/history-file)
 *   weights/        the weights of the last epoch (see weights-file.ts)
 */

/** Makes the folder of a new run; one that holds anything already is refused. */
export async function makeRunFolder(directory: string): Promise<void> {
  await writing(directory, () => mkdir(directory, { recursive: true }))
  const found = await readdir(directory)
  if (found.length > 0) throw new AppError('folder-not-empty', { path: directory })
}

/** Writes a record. Data in the same project is named by its way from the run, so that the project can be moved. */
export async function writeRecord(directory: string, record: RunRecord): Promise<void> {
  const named = { ...record, dataset: withOwnPaths(record.dataset, (path) => nameFrom(directory, path)) }
  await writeAtomically(join(directory, 'run.json'), `${JSON.stringify(named, null, 2)}\n`)
}

function nameFrom(directory: string, path: string): string {
  const way = relative(dirname(dirname(directory)), path)
  const inProject = basename(dirname(directory)) === 'runs' && !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..'
  return inProject ? relative(directory, path).replaceAll('\\', '/') : path
}

/** The record of a run's folder; throws `run-missing` or `run-damaged`. */
export async function readRecord(directory: string): Promise<RunRecord> {
  const path = join(directory, 'run.json')
  const record = await readJson(path, RunRecord, (detail) => new AppError('run-damaged', { path, detail }))
  if (!record) throw new AppError('run-missing', { path: directory })
  return { ...record, dataset: withOwnPaths(record.dataset, (named) => resolve(directory, named)) }
}

/** Appends to a run's history; lines that were written outlive a killed process. */
export interface HistoryWriter {
  append(lines: readonly (StepLine | EpochLine)[]): void
  close(): void
}

export function openHistory(directory: string): HistoryWriter {
  const path = join(directory, 'metrics.jsonl')
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'a')
  } catch (cause) {
    throw writeFailed(path, cause)
  }
  return {
    append(lines) {
      if (lines.length === 0 || descriptor === undefined) return
      try {
        writeSync(descriptor, historyText(lines))
      } catch (cause) {
        throw writeFailed(path, cause)
      }
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
    },
  }
}
