import { describe, expect, it } from 'vitest'
import type { DecodedTable } from '../contract'
import { guessLabelColumns, labelledFiles } from './label-columns'

const table = (columns: string[], ...rows: string[][]): DecodedTable => ({
  kind: 'table',
  format: 'CSV',
  columns,
  rows,
  notes: [],
})

describe('guessLabelColumns', () => {
  it.each<[string, DecodedTable, [string, string, string][]]>([
    [
      'names',
      table(['filename', 'label'], ['a.png', 'cat'], ['b.png', 'dog']),
      [
        ['a.png', 'cat', ''],
        ['b.png', 'dog', ''],
      ],
    ],
    ['the other order', table(['class', 'path'], ['cat', 'x/a.png']), [['x/a.png', 'cat', '']]],
    [
      'other names',
      table(['a', 'b', 'c'], ['1', 'x.wav', 'yes'], ['2', 'y.wav', 'no'], ['3', 'z.wav', 'no']),
      [
        ['x.wav', 'yes', ''],
        ['y.wav', 'no', ''],
        ['z.wav', 'no', ''],
      ],
    ],
    [
      'files without endings',
      table(['image_id', 'dx', 'age'], ['ISIC_1', 'nv', '40'], ['ISIC_2', 'mel', '50'], ['ISIC_3', 'nv', '60']),
      [
        ['ISIC_1', 'nv', ''],
        ['ISIC_2', 'mel', ''],
        ['ISIC_3', 'nv', ''],
      ],
    ],
    [
      'a part',
      table(['split', 'file', 'label'], ['train', 'a.png', '1'], ['test', 'b.png', '0']),
      [
        ['a.png', '1', 'train'],
        ['b.png', '0', 'test'],
      ],
    ],
    [
      'no head',
      table(['a.png', 'cat'], ['b.png', 'dog']),
      [
        ['a.png', 'cat', ''],
        ['b.png', 'dog', ''],
      ],
    ],
    [
      'one class',
      table(['f', 'g'], ['a.png', 'cat'], ['b.png', 'cat']),
      [
        ['a.png', 'cat', ''],
        ['b.png', 'cat', ''],
      ],
    ],
    [
      'a column that never changes',
      table(['f', 'g', 'h'], ['a.png', 'v1', 'cat'], ['b.png', 'v1', 'dog']),
      [
        ['a.png', 'cat', ''],
        ['b.png', 'dog', ''],
      ],
    ],
  ])('finds them by %s', (_, given, files) => {
    const columns = guessLabelColumns(given)!
    const found = labelledFiles(given, columns, columns.headless).map(({ file, label, split }) => [file, label, split])
    expect(found).toEqual(files)
  })

  it.each<[string, DecodedTable]>([
    ['no files', table(['a', 'b'], ['1', '2'], ['3', '4'])],
    ['no labels', table(['file'], ['a.png'])],
    ['no rows', table(['a', 'b'])],
  ])('finds none where there are %s', (_, given) => {
    expect(guessLabelColumns(given)).toBeUndefined()
  })
})
