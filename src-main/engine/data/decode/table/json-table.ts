import { Refusal, type DecodedTable, type Reader } from '../contract'
import { readAll } from '../source-file'
import { decodeText } from './delimited'

/**
 * Labels as JSON: `{"a.png": "cat"}`, `{"cat": ["a.png", "b.png"]}`, a list of objects with the same fields (by itself or
 * as the only list in an object), one object per line, or annotations as COCO has them.
 */
export const jsonTable: Reader = {
  name: 'json',
  endings: ['json', 'jsonl', 'ndjson'],
  recognizes: (_, name) => /\.(json|jsonl|ndjson)$/i.test(name),
  read: async (file, { limits }) => {
    const text = decodeText(await readAll(file, limits.bytes)).trim()
    const table = toTable(parse(text))
    const count = table.columns.length * table.rows.length
    if (count === 0) throw new Refusal('json-no-table')
    if (count > limits.values) throw new Refusal('too-many-values', { count, limit: limits.values })
    return table
  },
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return parseLines(text)
  }
}

function parseLines(text: string): unknown[] {
  const lines = text.split(/\r?\n/)
  return lines.flatMap((line, n): unknown[] => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line)]
    } catch {
      throw new Refusal('json-damaged', { line: n + 1 })
    }
  })
}

function toTable(value: unknown): DecodedTable {
  const made = Array.isArray(value) ? fromRecords(value) : isRecord(value) ? fromObject(value) : undefined
  if (!made) throw new Refusal('json-no-table')
  return { kind: 'table', format: 'JSON', ...made, notes: [] }
}

type Table = Pick<DecodedTable, 'columns' | 'rows'>

/** All fields that hold a text or number in some record, in the order in which they come. */
function fromRecords(records: readonly unknown[]): Table | undefined {
  if (!records.every(isRecord)) return undefined
  const columns = new Set<string>()
  for (const record of records) for (const [key, value] of Object.entries(record)) if (isCell(value)) columns.add(key)
  const names = [...columns]
  const rows = records.map((record) => names.map((name) => cellText(Object.hasOwn(record, name) ? record[name] : '')))
  return { columns: names, rows }
}

function fromObject(value: Readonly<Record<string, unknown>>): Table | undefined {
  return fromCoco(value) ?? fromMapping(value) ?? fromOnlyList(value)
}

/** The list of objects among an object's fields, the others of which say something about it. */
function fromOnlyList(value: Readonly<Record<string, unknown>>): Table | undefined {
  const lists = Object.values(value).filter(
    (field) => Array.isArray(field) && field.length > 0 && field.every(isRecord),
  )
  const [only, ...others] = lists
  return Array.isArray(only) && others.length === 0 ? fromRecords(only) : undefined
}

/**
 * Pictures, categories and annotations that bind them by numbers (Lin et al., "Microsoft COCO", 2014): a row for each
 * annotation, and one without a label for a picture that has none.
 */
function fromCoco({ images, annotations, categories }: Readonly<Record<string, unknown>>): Table | undefined {
  if (!isRecords(images) || !isRecords(annotations) || !isRecords(categories)) return undefined
  const names = new Map(categories.map(({ id, name }) => [cellText(id), cellText(name)]))
  const labels = new Map<string, Set<string>>()
  for (const { image_id: image, category_id: category } of annotations) {
    const [key, label] = [cellText(image), names.get(cellText(category)) ?? cellText(category)]
    labels.set(key, (labels.get(key) ?? new Set()).add(label))
  }
  const rows = images.flatMap(({ id, file_name: file }) => {
    return [...(labels.get(cellText(id)) ?? [''])].map((label) => [cellText(file), label])
  })
  return { columns: ['file_name', 'category'], rows }
}

/** From a file's name to its label, or from a label to its files' names. */
function fromMapping(mapping: Readonly<Record<string, unknown>>): Table | undefined {
  const entries = Object.entries(mapping)
  const columns = ['file', 'label']
  if (entries.every(([, value]) => isCell(value))) {
    return { columns, rows: entries.map(([file, label]) => [file, cellText(label)]) }
  }
  const rows = entries.flatMap(([label, files]) =>
    Array.isArray(files) && files.every(isCell) ? files.map((file) => [cellText(file), label]) : [undefined],
  )
  const whole = rows.filter((row) => row !== undefined)
  return whole.length === rows.length ? { columns, rows: whole } : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRecords(value: unknown): value is readonly Record<string, unknown>[] {
  return Array.isArray(value) && value.every(isRecord)
}

function isCell(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function cellText(value: unknown): string {
  return isCell(value) ? String(value) : ''
}
