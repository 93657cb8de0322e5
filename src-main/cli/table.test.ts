import { expect, it } from 'vitest'
import { table } from './table'

it.each([
  [
    'columns as wide as their widest cell',
    [
      ['a', '1'],
      ['long', '10'],
    ],
    'a      1\nlong  10\n',
  ],
  ['missing cells as empty', [['a'], ['b', '2']], 'a\nb  2\n'],
  ['no rows', [], ''],
])('sets %s', (_what, rows, text) => expect(table(rows, ['left', 'right'])).toBe(text))
