import type { ImportSettings } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import type { StoredPart } from '@shared/data/stored-dataset'
import { messageOf } from '@shared/message-of'
import { decodeFile } from '../decode/decode-file'
import { guessLabelColumns, labelledFiles, type LabelledFile } from '../decode/table/label-columns'
import { partInFileName } from './array-sets'
import type { Found } from './gather'
import { LabelRows } from './label-rows'
import { partNamed, placesByFolder } from './layout'

/** A file with the class that it shows and, where the source tells, its part. */
export interface Labelled {
  readonly file: Found
  readonly label: string
  readonly part: StoredPart | undefined
}

type WithoutCode = 'no-class' | 'not-in-table' | 'label-missing' | 'labels-differ' | 'pattern-differs'

export interface Labels {
  readonly labelled: readonly Labelled[]
  /** Files without a class, with why. */
  readonly without: readonly { readonly file: Found; readonly code: WithoutCode }[]
  /** What told the classes. */
  readonly by: 'folders' | 'pattern' | 'table'
}

const textFile =
  /\.(txt|md|csv|tsv|jsonl?|html?|xml|ya?ml|py|ipynb|pdf|docx?|xlsx?|log|ini|cfg|names|meta|url|lnk)$|(^|\/)(readme|licen[cs]e|copying|makefile)$/i
const tableFile = /\.(csv|tsv|jsonl?|ndjson)$/i

/** Whether a file's name says that it is no sample. */
export function isText(name: string): boolean {
  return textFile.test(name)
}

/**
 * The class of each sample's file: by a pattern where one is given, else by the folders that files lie in where these are
 * several, else by a table of labels among the other files. Refuses files that nothing gives a class.
 */
export async function labelsOf(
  samples: readonly Found[],
  others: readonly Found[],
  settings: ImportSettings,
): Promise<Labels> {
  if (settings.labelPattern !== null) return byPattern(samples, settings)
  const byFolders = fromFolders(samples, settings)
  // A single folder may be nothing but the place of the files; a table of labels then says more.
  if (new Set(byFolders.labelled.map(({ label }) => label)).size > 1) return byFolders
  const byTable = await fromTables(
    others.filter(({ name }) => tableFile.test(name)),
    samples,
    settings,
  )
  if (byTable) return byTable
  if (byFolders.labelled.length > 0) return byFolders
  throw new AppError('import-no-classes', { file: samples[0]?.name ?? '', count: samples.length })
}

function byPattern(samples: readonly Found[], settings: ImportSettings): Labels {
  const pattern = compiled(settings.labelPattern ?? '')
  const places = placesByFolder(
    samples.map(({ name }) => name),
    settings.classFolders,
    settings.partFolders,
  )
  const labelled: Labelled[] = []
  const without: Labels['without'][number][] = []
  for (const [n, file] of samples.entries()) {
    const label = firstGroup(pattern, file.name)
    if (label) labelled.push({ file, label, part: places[n]?.part })
    else without.push({ file, code: 'pattern-differs' })
  }
  if (labelled.length === 0) throw new AppError('import-pattern-matches-none', { pattern: pattern.source })
  return { labelled, without, by: 'pattern' }
}

/** A person's regular expression; refuses one that is none. */
export function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch (cause) {
    throw new AppError('import-pattern', { pattern, detail: messageOf(cause) }, { cause })
  }
}

/** What the first group of a pattern finds in a file's name, without its folders; the whole match where it has no group. */
export function firstGroup(pattern: RegExp, name: string): string | undefined {
  const found = pattern.exec(name.split('/').at(-1) ?? name)
  return found?.[1] ?? found?.[0]
}

function fromFolders(samples: readonly Found[], { classFolders, partFolders }: ImportSettings): Labels {
  const places = placesByFolder(
    samples.map(({ name }) => name),
    classFolders,
    partFolders,
  )
  const labelled: Labelled[] = []
  const without: Labels['without'][number][] = []
  for (const [n, file] of samples.entries()) {
    const { label, part } = places[n] ?? {}
    if (label === undefined) without.push({ file, code: 'no-class' })
    else labelled.push({ file, label, part })
  }
  return { labelled, without, by: 'folders' }
}

/** Tables that lie there to be filled in by those who take part in a contest. */
const contestTable = /submission/i

/**
 * By the first table that names files and labels, with all tables of the same columns: one for each part is as usual as
 * one for all. Parts are told by a column, else by the files' folders, else by the tables' own names.
 */
async function fromTables(
  tables: readonly Found[],
  samples: readonly Found[],
  { classFolders, partFolders }: ImportSettings,
): Promise<Labels | undefined> {
  const rows = new LabelRows()
  let first: string | undefined
  for (const table of tables.filter(({ name }) => !contestTable.test(name))) {
    const outcome = await decodeFile(await table.open())
    if (!outcome.ok || outcome.decoded.kind !== 'table') continue
    const columns = guessLabelColumns(outcome.decoded)
    if (!columns) continue
    const head = columns.headless ? String(outcome.decoded.columns.length) : outcome.decoded.columns.join('\n')
    const found = from(folderAmong(table.name, samples), labelledFiles(outcome.decoded, columns, columns.headless))
    const own = new LabelRows(found)
    if (first === undefined && !samples.some(({ name }) => own.of(name) !== undefined)) continue
    if ((first ??= head) === head) rows.add(found, partInFileName(table.name))
  }
  if (first === undefined) return undefined
  const names = samples.map(({ name }) => name)
  const places = placesByFolder(names, classFolders, partFolders)
  const labelled: Labelled[] = []
  const without: Labels['without'][number][] = []
  for (const [n, file] of samples.entries()) {
    const row = rows.of(file.name)
    if (!row) without.push({ file, code: 'not-in-table' })
    else if (row.label === undefined) without.push({ file, code: 'labels-differ' })
    else if (row.label === '') without.push({ file, code: 'label-missing' })
    else labelled.push({ file, label: row.label, part: partNamed(row.split) ?? places[n]?.part ?? row.part })
  }
  return labelled.length > 0 ? { labelled, without, by: 'table' } : undefined
}

/** The folder that a table lies in, if samples lie there too: its lines are about these. */
function folderAmong(table: string, samples: readonly Found[]): string {
  const folder = table.slice(0, table.lastIndexOf('/') + 1)
  return samples.some(({ name }) => name.startsWith(folder)) ? folder : ''
}

function from(folder: string, rows: readonly LabelledFile[]): readonly LabelledFile[] {
  return folder === '' ? rows : rows.map((row) => ({ ...row, file: `${folder}${row.file}` }))
}
