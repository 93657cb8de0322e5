import { describe, expect, it } from 'vitest'
import type { TableColumn } from './options'
import { sortRows } from './sort-rows'

interface Row {
  name: string
  loss: number
}

const columns: TableColumn<Row>[] = [
  { key: 'name', title: '', value: (row) => row.name },
  { key: 'loss', title: '', value: (row) => row.loss },
  { key: 'mark', title: '' },
]
const rows: Row[] = [
  { name: 'run 10', loss: 0.2 },
  { name: 'run 2', loss: Number.NaN },
  { name: 'run 1', loss: 0.1 },
  { name: 'Run 3', loss: 0.2 },
]

describe('sortRows', () => {
  it.each([
    [{ key: 'name', descending: false }, ['run 1', 'run 2', 'Run 3', 'run 10']],
    [{ key: 'name', descending: true }, ['run 10', 'Run 3', 'run 2', 'run 1']],
    [{ key: 'loss', descending: false }, ['run 1', 'run 10', 'Run 3', 'run 2']],
    [{ key: 'mark', descending: false }, ['run 10', 'run 2', 'run 1', 'Run 3']],
    [{ key: 'gone', descending: false }, ['run 10', 'run 2', 'run 1', 'Run 3']],
    [undefined, ['run 10', 'run 2', 'run 1', 'Run 3']],
  ])('by %o', (sorting, expected) => {
    expect(sortRows(rows, columns, sorting).map((row) => row.name)).toEqual(expected)
  })

  it('leaves the given rows as they are', () => {
    const before = [...rows]
    sortRows(rows, columns, { key: 'loss', descending: true })
    expect(rows).toEqual(before)
  })
})
