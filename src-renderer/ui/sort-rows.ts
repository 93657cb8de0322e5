import type { TableColumn } from './options'

export interface Sorting {
  readonly key: string
  readonly descending: boolean
}

/** The rows in the order that a column asks for; equal rows keep their places, and no sorting changes nothing. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const value = columns.find((column) => column.key === sorting?.key)?.value
  if (!sorting || !value) return rows
  const sign = sorting.descending ? -1 : 1
  return [...rows].sort((left, right) => sign * compare(value(left), value(right)))
}

/** Numbers by size with what is no number last, texts as a reader would order them (`run 2` before `run 10`). */
function compare(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') {
    if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
    return left - right
  }
  return String(left).localeCompare(String(right), undefined, { numeric: true })
}
