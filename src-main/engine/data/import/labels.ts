import type { ImportSettings } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import type { StoredPart } from '@shared/data/stored-dataset'
import { decodeFile } from '../decode/decode-file'
import { guessLabelColumns, labelledFiles } from '../decode/table/label-columns'
import type { Found } from './gather'
import { partNamed, placesByFolder } from './layout'

/** A file with the class that it shows and, where the source tells, its part. */
export interface Labelled {
  readonly file: Found
  readonly label: string
  readonly part: StoredPart | undefined
}

export interface Labels {
  readonly labelled: readonly Labelled[]
  /** Files without a class, with why. */
  readonly without: readonly { readonly file: Found; readonly code: 'no-class' | 'not-in-table' | 'pattern-differs' }[]
  /** What told the classes. */
  readonly by: 'folders' | 'pattern' | 'table'
}

const textFile =
  /\.(txt|md|csv|tsv|jsonl?|html?|xml|ya?ml|py|ipynb|pdf|docx?|xlsx?|log|ini|cfg|names|meta|url|lnk)$|(^|\/)(readme|licen[cs]e|copying|makefile)$/i
const tableFile = /\.(csv|tsv|json)$/i

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
  for (const file of others.filter(({ name }) => tableFile.test(name))) {
    const labels = await fromTable(file, samples)
    if (labels) return labels
  }
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
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('import-pattern', { pattern, detail }, { cause })
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

async function fromTable(table: Found, samples: readonly Found[]): Promise<Labels | undefined> {
  const outcome = await decodeFile(await table.open())
  if (!outcome.ok || outcome.decoded.kind !== 'table') return undefined
  const columns = guessLabelColumns(outcome.decoded)
  if (!columns) return undefined
  const rows = new Map(labelledFiles(outcome.decoded, columns, columns.headless).map((row) => [keyOf(row.file), row]))
  const labelled: Labelled[] = []
  const without: Labels['without'][number][] = []
  for (const file of samples) {
    const row = rows.get(keyOf(file.name)) ?? rows.get(keyOf(file.name.replace(/\.[^./]+$/, '')))
    if (row && row.label !== '') labelled.push({ file, label: row.label, part: partNamed(row.split) })
    else without.push({ file, code: 'not-in-table' })
  }
  return labelled.length > 0 ? { labelled, without, by: 'table' } : undefined
}

/** Tables name files with and without their folders. */
function keyOf(name: string): string {
  return name.replaceAll('\\', '/').split('/').at(-1) ?? name
}
