import type { DecodedTable } from '../contract'

/** Which columns of a table hold files' names, their labels, and what part of the data they are of; by number. */
export interface LabelColumns {
  readonly file: number
  readonly label: number
  /** -1 where no column tells it. */
  readonly split: number
}

/** A file with its label. */
export interface LabelledFile {
  readonly file: string
  readonly label: string
  readonly split: string
}

const fileNames =
  /^(file|files|filename|file_name|image|images|image_name|image_id|img|audio|sound|clip|path|filepath|file_path|name|id)$/i
const labelNames = /^(label|labels|class|class_name|category|target|y|species|diagnosis|breed|digit|tag)$/i
const splitNames = /^(split|set|subset|part|partition|fold|usage)$/i
const fileLike = /\.[a-z0-9]{1,5}$/i
/** So many rows tell what a column holds. */
const looked = 200

/**
 * Guesses the columns of a table of labels: by their names, else files are what looks like names of files, and labels the
 * column that says the fewest different things but more than one. `undefined` where no column holds files or labels. A
 * table without names of columns has its first row taken for them: `headless` tells so.
 */
export function guessLabelColumns(table: DecodedTable): (LabelColumns & { readonly headless: boolean }) | undefined {
  const headless = table.columns.some((name) => fileLike.test(name))
  const names = headless ? table.columns.map(() => '') : table.columns.map((name) => name.trim())
  const rows = allRows(table, headless).slice(0, looked)
  const split = names.findIndex((name) => splitNames.test(name))
  const file = findFile(names, rows)
  if (file < 0) return undefined
  const label = findLabel(names, rows, [file, split])
  return label < 0 ? undefined : { file, label, split, headless }
}

/** The files of a table with their labels, in its order. */
export function labelledFiles(table: DecodedTable, columns: LabelColumns, headless: boolean): LabelledFile[] {
  return allRows(table, headless).map((row) => ({
    file: row[columns.file] ?? '',
    label: row[columns.label] ?? '',
    split: row[columns.split] ?? '',
  }))
}

function allRows(table: DecodedTable, headless: boolean): readonly (readonly string[])[] {
  return headless ? [table.columns, ...table.rows] : table.rows
}

function findFile(names: readonly string[], rows: readonly (readonly string[])[]): number {
  const shares = names.map((_, column) => rows.filter((row) => fileLike.test(row[column] ?? '')).length / rows.length)
  const most = Math.max(...shares)
  if (most > 0.5) return shares.indexOf(most)
  // Names without an ending, as numbers of pictures, are known by the column's name only.
  return names.findIndex((name) => fileNames.test(name))
}

function findLabel(names: readonly string[], rows: readonly (readonly string[])[], taken: readonly number[]): number {
  const free = names.map((_, column) => column).filter((column) => !taken.includes(column))
  const named = free.find((column) => labelNames.test(names[column] ?? ''))
  if (named !== undefined) return named
  const kinds = new Map(free.map((column) => [column, new Set(rows.map((row) => row[column])).size]))
  const varied = free.filter((column) => (kinds.get(column) ?? 0) > 1)
  const fewest = Math.min(...varied.map((column) => kinds.get(column) ?? 0))
  return varied.find((column) => kinds.get(column) === fewest) ?? free[0] ?? -1
}
