import { basename, resolve } from 'node:path'
import type { ExportFormat } from '@shared/ipc/look'
import { readRun } from '../services/run-folder'
import { withEngine } from './engine'
import { numbersIn } from './numbers'
import { makeRoom } from './run-place'
import { exitCodes, type Surroundings } from './surroundings'

export interface ExportOptions {
  readonly run: string
  readonly to: string
  readonly format: ExportFormat
  readonly name?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Exports the network of a run, with the proof that what was written computes the same; gives the exit code. */
export async function exportRun(options: ExportOptions, surroundings: Surroundings): Promise<number> {
  const { text, out, locale, folder } = surroundings
  const directory = resolve(folder, options.run)
  const target = resolve(folder, options.to)
  await readRun(directory)
  await makeRoom(target)
  const name = options.name ?? basename(directory)
  const report = await withEngine(surroundings, options.verbose ?? false, async (engine) =>
    (await engine.client()).exportModel({ directory, format: options.format, target, name }),
  )
  if (options.json) {
    out(`${JSON.stringify(report)}\n`)
    return exitCodes.done
  }
  const numbers = numbersIn(locale)
  const { samples, maxDifference, tolerance } = report.proof
  const proof = { samples, difference: numbers.tiny(maxDifference), tolerance: numbers.tiny(tolerance) }
  const files = report.files.map((file) => `  ${file.name}  ${numbers.bytes(file.bytes)}`)
  out(
    `${[text('cli.export.done', { path: report.directory }), ...files, text('cli.export.proof', proof)].join('\n')}\n`,
  )
  return exitCodes.done
}
