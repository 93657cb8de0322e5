import { resolve } from 'node:path'
import type { ImportReport } from '@shared/data/import'
import type { Translate } from '../services/texts'
import { withEngine } from './engine'
import { settingsOf, type ImportOptions } from './import-options'
import { withProgress } from './import-progress'
import { jsonPlan, plainPlan } from './import-plan'
import { numbersIn } from './numbers'
import { exitCodes, type Surroundings } from './surroundings'

/** Makes a data set and prints what came in; gives the exit code. */
export async function importFiles(
  paths: readonly string[],
  options: ImportOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { folder, out, tell, text } = surroundings
  return withEngine(surroundings, options.verbose ?? false, async (engine) => {
    const client = await engine.client()
    const order = {
      paths: paths.map((path) => resolve(folder, path)),
      directory: resolve(folder, options.out),
      settings: settingsOf(options),
    }
    return withProgress(engine, surroundings, async (signal, line) => {
      try {
        if (options.plan) {
          const plan = await client.planImport(order, { signal })
          out(options.json ? `${jsonPlan(plan, text)}\n` : plainPlan(plan, surroundings))
          return exitCodes.done
        }
        const how = { id: 'import', ...(options.anew && { anew: true }) }
        const report = await client.importDataset({ ...order, ...how }, { signal })
        line.end()
        out(options.json ? `${jsonReport(report, surroundings.text)}\n` : plainReport(report, surroundings))
        return exitCodes.done
      } catch (error) {
        if (!signal.aborted) throw error
        line.end()
        if (line.done() > 0) tell(`${text('import.interrupted')}\n`)
        return exitCodes.interrupted
      }
    })
  })
}

type Skipped = ImportReport['skipped'][number]

function isNamed({ outcome }: Skipped): boolean {
  return outcome !== 'ignored'
}

function jsonReport(report: ImportReport, text: Translate): string {
  const named = report.skipped.filter(isNamed)
  return JSON.stringify({
    found: report.found,
    used: report.used,
    skipped: named.map(({ file, outcome, code, params }) => ({
      file,
      outcome,
      code,
      reason: text(`decode.reasons.${code}`, params),
    })),
    ignored: report.skipped.length - named.length,
    warnings: report.warnings.map(({ code, params }) => text(`import.warnings.${code}`, params)),
    classes: Object.fromEntries(
      Object.entries(report.classes).map(([name, { train, validation, test }]) => [name, train + validation + test]),
    ),
    parts: report.classes,
    kind: report.kind,
    samples: report.samples,
    shape: report.shape,
    sizes: report.sizes,
    duplicates: report.duplicates,
    nearDuplicates: report.nearDuplicates,
    acrossParts: report.acrossParts,
    constant: report.constant,
    seconds: Math.round(report.seconds * 1000) / 1000,
    directory: report.directory,
  })
}

/** So many skipped files are named; the rest is counted. */
const mostNamed = 20

function plainReport(report: ImportReport, { text, locale }: Surroundings): string {
  const numbers = numbersIn(locale)
  const named = report.skipped.filter(isNamed)
  const counts = {
    found: numbers.count(report.found),
    used: numbers.count(report.used),
    skipped: numbers.count(named.length),
    ignored: numbers.count(report.skipped.length - named.length),
  }
  const made = {
    samples: numbers.count(report.samples),
    shape: report.shape.join(' × '),
    directory: report.directory,
    time: numbers.time(report.seconds),
  }
  const classes = Object.entries(report.classes).map(([name, { train, validation, test }]) =>
    text('import.class', {
      name,
      train: numbers.count(train),
      validation: numbers.count(validation),
      test: numbers.count(test),
    }),
  )
  const skipped = named
    .slice(0, mostNamed)
    .map(({ file, code, params }) => text('import.skipped', { file, reason: text(`decode.reasons.${code}`, params) }))
  const more = named.length > mostNamed ? [text('import.more', { count: numbers.count(named.length - mostNamed) })] : []
  const warnings = report.warnings.map(({ code, params }) => text(`import.warnings.${code}`, params))
  return `${[text('import.found', counts), ...skipped, ...more, text('import.made', made), ...classes, ...warnings].join('\n')}\n`
}
