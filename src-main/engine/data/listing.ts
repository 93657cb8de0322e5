import { bitOf, type SampleFilter, type SampleOrder } from '@shared/data/dataset'
import { storedParts } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import type { AllSamples, Dataset } from './dataset'
import { removedBit } from './edits/apply'
import { measure, type Measures } from './measures'
import type { SampleNames } from './table'

/** How many lists are kept for each data set: scrolling reads one of them page by page. */
const listsKept = 4

const lists = new WeakMap<Dataset, Map<string, { only: SampleFilter['only']; rows: Promise<Uint32Array> }>>()

/** The rows that a filter leaves, in order; rows that are equal in what orders them stay as in the source. */
export function listSamples(dataset: Dataset, filter: SampleFilter, order: SampleOrder): Promise<Uint32Array> {
  const known = lists.get(dataset) ?? new Map<string, { only: SampleFilter['only']; rows: Promise<Uint32Array> }>()
  lists.set(dataset, known)
  const key = JSON.stringify([{ ...filter, only: filter.only?.length ?? null }, order])
  const kept = known.get(key)
  const entry =
    kept && sameRows(kept.only, filter.only) ? kept : { only: filter.only, rows: list(dataset, filter, order) }
  known.delete(key)
  known.set(key, entry)
  entry.rows.catch(() => known.get(key) === entry && known.delete(key))
  for (const oldest of known.keys()) {
    if (known.size <= listsKept) break
    known.delete(oldest)
  }
  return entry.rows
}

function sameRows(one: Uint32Array | null, other: Uint32Array | null): boolean {
  return one === other || (one?.length === other?.length && (one ?? []).every((row, n) => row === other?.[n]))
}

async function list(dataset: Dataset, filter: SampleFilter, order: SampleOrder): Promise<Uint32Array> {
  const rows = await named(dataset.all.names, plainly(dataset, filter), filter.text)
  return sorted(dataset, rows, filter, order)
}

/** What part, class, marks and the given rows leave. */
function plainly({ all, summary }: Dataset, { part, classes, marks, only }: SampleFilter): Uint32Array {
  const beyond = classes.find((one) => one >= summary.classes.length)
  if (beyond !== undefined) throw new AppError('class-unknown', { found: beyond, count: summary.classes.length })
  const partCode = part === 'all' ? undefined : storedParts.indexOf(part)
  const wanted = classes.length > 0 ? new Set(classes) : undefined
  const wantedBits = marks.reduce((bits, mark) => bits | bitOf(mark), 0)
  const isShown = (row: number): boolean => {
    const bits = all.marks[row] ?? 0
    if (partCode !== undefined && all.parts[row] !== partCode) return false
    if (wanted && !wanted.has(all.labels[row] ?? 0)) return false
    return bits & removedBit ? (wantedBits & removedBit) !== 0 : wantedBits === 0 || (bits & wantedBits) !== 0
  }
  if (only) return only.filter((row) => row < all.count && isShown(row))
  const rows = new Uint32Array(all.count)
  let found = 0
  for (let row = 0; row < all.count; row++) if (isShown(row)) rows[found++] = row
  return rows.slice(0, found)
}

/** Those whose names have a text in them, in any case of letters. */
async function named(names: SampleNames, rows: Uint32Array, text: string): Promise<Uint32Array> {
  if (!text) return rows
  const wanted = text.toLowerCase()
  const found = new Set<number>()
  await names.each((name, row) => {
    if ((typeof name === 'string' ? name : name[0]).toLowerCase().includes(wanted)) found.add(row)
  })
  return rows.filter((row) => found.has(row))
}

async function sorted(
  dataset: Dataset,
  rows: Uint32Array,
  { only }: SampleFilter,
  { by, descending }: SampleOrder,
): Promise<Uint32Array> {
  const keys = await keysOf(dataset, by)
  const sign = descending ? -1 : 1
  if (keys) return rows.sort((one, other) => sign * ((keys[one] ?? 0) - (keys[other] ?? 0)) || one - other)
  if (by === 'row' && only) rows.sort()
  return descending ? rows.reverse() : rows
}

/** What rows are ordered by, row by row; undefined: by their place. */
async function keysOf({ all, preprocessing }: Dataset, by: SampleOrder['by']): Promise<ArrayLike<number> | undefined> {
  switch (by) {
    case 'row':
    case 'given':
      return undefined
    case 'class':
      return all.labels
    case 'name':
      return kept(ranks, all.names, () => nameRanks(all))
    case 'mean':
    case 'deviation':
      // Names stand for the source, which all states of its edits share.
      return (await kept(measures, all.names, () => measure(all.source, preprocessing)))[by]
  }
}

const measures = new WeakMap<SampleNames, Promise<Measures>>()
const ranks = new WeakMap<SampleNames, Promise<Uint32Array>>()

function kept<T>(cache: WeakMap<SampleNames, Promise<T>>, of: SampleNames, make: () => Promise<T>): Promise<T> {
  const known = cache.get(of)
  if (known) return known
  const made = make()
  cache.set(of, made)
  made.catch(() => cache.delete(of))
  return made
}

/** Each row's place among all names; digits count as numbers, so that 2 stands before 10. */
async function nameRanks({ count, names }: AllSamples): Promise<Uint32Array> {
  const all: { readonly file: string; readonly at: number; readonly row: number }[] = []
  await names.each((name, row) => {
    const [file, at] = typeof name === 'string' ? [name, 0] : name
    all.push({ file, at, row })
  })
  const { compare } = new Intl.Collator('en', { numeric: true })
  all.sort((one, other) => (one.file === other.file ? one.at - other.at : compare(one.file, other.file)))
  const places = new Uint32Array(count)
  for (const [place, { row }] of all.entries()) places[row] = place
  return places
}
