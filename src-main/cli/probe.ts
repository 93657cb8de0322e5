import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { ProbeRequest, type ArrayFigures, type ProbeReport } from '@shared/data/probe'
import { AppError } from '@shared/ipc/errors'
import type { Translate } from '../services/texts'
import { oneOf } from './arguments'
import { withEngine } from './engine'
import { numbersIn } from './numbers'
import { exitCodes, type Surroundings } from './surroundings'

export interface ProbeOptions {
  readonly at?: readonly (readonly number[])[]
  readonly frames: 'first' | 'all'
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Adds the command to the program. */
export function addProbe(program: Command, text: Translate): Command {
  const names = ProbeRequest.shape.frames.options
  const [initial = 'first'] = names
  return program
    .command('probe')
    .argument('<path...>', text('probe.paths'))
    .description(text('probe.command'))
    .addHelpText('after', `\n${text('probe.help')}`)
    .addOption(new Option('--at <x,y...>', text('probe.options.at')).argParser(places(text)))
    .addOption(
      new Option('--frames <which>', text('probe.options.frames', { names: names.join(', '), initial }))
        .argParser(oneOf(text, names))
        .default(initial),
    )
    .addOption(new Option('--json', text('probe.options.json')))
}

/** Reads places, of which an option may have several. */
function places(text: Translate): (word: string, before?: number[][]) => number[][] {
  return (word, before = []) => {
    if (!/^\d{1,9}(,\d{1,9}){0,7}$/.test(word)) throw new InvalidArgumentError(text('probe.place'))
    return [...before, word.split(',').map(Number)]
  }
}

/** So many files are decoded at a time. */
const atOnce = 4

/** Decodes files as an import would and prints a line about each; gives the exit code. */
export async function probe(
  paths: readonly string[],
  options: ProbeOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { folder, out } = surroundings
  for (const path of paths) await checkThere(resolve(folder, path), path)
  const line = options.json ? jsonLine : plainLine
  const { at = [], frames } = options
  await withEngine(surroundings, options.verbose ?? false, async (engine) => {
    const client = await engine.client()
    for (const given of paths) {
      const path = resolve(folder, given)
      const { files } = await client.listFiles({ path })
      // As the person has written it, so that the names can be used from where they stand.
      const base = given.replace(/(?<=.)[\\/]+$/, '')
      const named = (file: string) => base + file.slice(path.length)
      const waiting: Promise<ProbeReport[]>[] = []
      const print = async () => {
        for (const report of (await waiting.shift()) ?? []) {
          out(`${line({ ...report, file: named(report.file) }, surroundings)}\n`)
        }
      }
      for (const file of files) {
        if (waiting.length >= atOnce) await print()
        waiting.push(client.probeFile({ path: file, at: at.map((place) => [...place]), frames }))
      }
      while (waiting.length > 0) await print()
    }
  })
  return exitCodes.done
}

async function checkThere(path: string, given: string): Promise<void> {
  await stat(path).catch((cause: unknown) => {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    if (missing) throw new AppError('file-missing', { file: given }, { cause })
  })
}

/** One object in a line; what is nothing is null, so that every line has the same keys. */
function jsonLine(
  { file, outcome, reason, format, notes, figures, arrays }: ProbeReport,
  { text }: Surroundings,
): string {
  const { shape = null, dtype = null, rate = null, at = null, mean = null, min = null, max = null } = figures ?? {}
  return JSON.stringify({
    file,
    outcome,
    reason: reason && reasonText(reason, text),
    code: reason?.code ?? null,
    format,
    shape,
    dtype,
    rate,
    at,
    mean,
    min,
    max,
    notes: notes.map(({ code, params }) => text(`decode.notes.${code}`, params)),
    ...(arrays ? { arrays } : {}),
  })
}

function reasonText({ code, params }: NonNullable<ProbeReport['reason']>, text: Translate): string {
  return text(`decode.reasons.${code}`, params)
}

function plainLine(report: ProbeReport, { text, locale }: Surroundings): string {
  const { file, outcome, reason, format, notes, figures, arrays } = report
  if (reason) return `${file}  ${text(`probe.outcomes.${outcome}`)}: ${reasonText(reason, text)}`
  const named = arrays ? Object.entries(arrays) : figures ? [['', figures] as const] : []
  const lines = named.map(([name, one]) => `  ${name ? `${name}: ` : ''}${figuresText(one, text, locale)}`)
  const said = notes.map(({ code, params }) => `  ${text(`decode.notes.${code}`, params)}`)
  return [`${file}  ${format ?? ''}`, ...lines, ...said].join('\n')
}

function figuresText(figures: ArrayFigures, text: Translate, locale: string): string {
  const { shape, dtype, rate, mean, min, max, at } = figures
  const numbers = numbersIn(locale)
  const value = (one: number | null) => (one === null ? '–' : numbers.decimal(one))
  const values = (many: readonly (number | null)[] | null) => (many ? many.map(value).join(' ') : '–')
  const places = at.map((one) => `(${values(one)})`).join(' ')
  const parts = [
    shape.map((size) => numbers.count(size)).join(' × '),
    dtype,
    rate === null ? '' : text('probe.rate', { rate: numbers.count(rate) }),
    mean.length > 0 ? text('probe.values', { mean: values(mean), min: value(min), max: value(max) }) : '',
    places ? text('probe.at', { values: places }) : '',
  ]
  return parts.filter((part) => part !== '').join('  ')
}
