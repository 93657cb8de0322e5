import { describe, expect, it } from 'vitest'
import { usualLimits, type DecodedArrays, type DecodedTable } from '../contract'
import { decodeFile, type Outcome } from '../decode-file'
import { bytesFile } from '../source-file'

const read = (name: string, content: string | Uint8Array): Promise<Outcome> =>
  decodeFile(bytesFile(name, Buffer.from(content)), { limits: { ...usualLimits, values: 10_000 }, frames: 'first' })

function tableIn(outcome: Outcome): DecodedTable {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  if (outcome.decoded.kind !== 'table') throw new Error(outcome.decoded.kind)
  return outcome.decoded
}

function arraysIn(outcome: Outcome): DecodedArrays {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  if (outcome.decoded.kind !== 'arrays') throw new Error(outcome.decoded.kind)
  return outcome.decoded
}

const labels = {
  columns: ['file', 'label'],
  rows: [
    ['a b.png', 'cat'],
    ['c.png', 'dog'],
  ],
}

describe('CSV', () => {
  it.each<[string, string | Uint8Array]>([
    ['plain', 'file,label\na b.png,cat\nc.png,dog\n'],
    ['CRLF and no end of line at the end', 'file,label\r\na b.png,cat\r\nc.png,dog'],
    ['semicolons and a mark', '\ufefffile;label\na b.png;cat\nc.png;dog\n'],
    ['tabs', 'file\tlabel\na b.png\tcat\nc.png\tdog\n'],
    ['quotes', '"file","label"\n"a b.png","cat"\n"c.png",dog\n'],
    ['spaces and empty lines', 'file, label \n\na b.png ,cat\n\n\nc.png,dog\n\n'],
    ['UTF-16', Buffer.from('\ufefffile,label\na b.png,cat\nc.png,dog\n', 'utf16le')],
  ])('reads a table with %s', async (_, content) => {
    const { columns, rows } = tableIn(await read('labels.csv', content))
    expect({ columns, rows }).toEqual(labels)
  })

  it('reads quotes, delimiters and line breaks within quotes', async () => {
    const { rows, notes } = tableIn(await read('a.csv', 'a,b\n"x,1\n2","say ""hi"""\nonly one\ny,z\n'))
    expect(rows).toEqual([
      ['x,1\n2', 'say "hi"'],
      ['y', 'z'],
    ])
    // The quoted cell takes two lines.
    expect(notes).toEqual([{ code: 'bad-lines', params: { count: 1, lines: '4' }, warns: true }])
  })

  it('reads older encodings', async () => {
    const content = Buffer.from('file,label\ncaf\xe9.png,th\xe9\n', 'latin1')
    expect(tableIn(await read('a.csv', content)).rows).toEqual([['café.png', 'thé']])
  })

  it.each<[string, string | Uint8Array, string]>([
    ['one column', 'a\nb\nc\n', 'no-columns'],
    ['a quote that is never closed', 'a,b\n"c,d\n', 'quote-not-closed'],
    ['too many cells', 'a,b\n'.repeat(6000), 'too-many-values'],
    ['what is no text', Uint8Array.of(0, 1, 2, 44, 3), 'unknown-format'],
  ])('refuses %s', async (_, content, code) => {
    const outcome = await read('a.csv', content)
    expect(outcome.ok ? 'decoded' : outcome.refusal.code).toBe(code)
  })
})

function row(pixels: number, label: number | string, first = true): string {
  const values = Array.from({ length: pixels }, (_, n) => (n * 7) % 256)
  return (first ? [label, ...values] : [...values, label]).join(',')
}

function names(columns: number, label = 0): string {
  return Array.from({ length: columns }, (_, n) => (n === label ? 'label' : `pixel${n}`)).join(',')
}

describe('CSV of pixels', () => {
  it.each<[string, string, number[], (number | string)[]]>([
    ['a header', `${names(17)}\n${row(16, 3)}\n${row(16, 5)}`, [2, 4, 4, 1], [3, 5]],
    ['no header', `${row(16, 3)}\n${row(16, 5)}\n`, [2, 4, 4, 1], [3, 5]],
    ['the label last, named', `${names(17, 16)}\n${row(16, 3, false)}\n${row(16, 5, false)}`, [2, 4, 4, 1], [3, 5]],
    ['the label last, not named', `${row(16, 3, false)}\n${row(16, 5, false)}`, [2, 4, 4, 1], [3, 5]],
    ['labels in words', `${row(16, 'cat')}\n${row(16, 'a dog')}`, [2, 4, 4, 1], ['cat', 'a dog']],
    ['three channels', `${row(48, 1)}\n${row(48, 0)}`, [2, 4, 4, 3], [1, 0]],
    ['no labels', `${row(15, 0)}\n${row(15, 0)}`, [2, 4, 4, 1], []],
  ])('reads %s', async (_, content, shape, wanted) => {
    const { arrays, texts } = arraysIn(await read('digits.csv', content))
    const images = arrays.get('images')!
    expect([images.shape, images.dtype]).toEqual([shape, 'uint8'])
    const size = shape[1]! * shape[2]! * shape[3]!
    const pixels = Array.from({ length: size }, (_, n) => (n * 7) % 256)
    expect(Array.from(images.values.subarray(size))).toEqual(wanted.length > 0 ? pixels : [0, ...pixels].slice(0, size))
    expect(texts.get('labels') ?? Array.from(arrays.get('labels')?.values ?? [])).toEqual(wanted)
  })

  it('keeps values that are no bytes as floats', async () => {
    const content = `${row(16, 1)}\n${row(16, 2).replace(',14,', ', -1.5e2 ,')}`
    const { arrays } = arraysIn(await read('a.csv', content))
    expect(arrays.get('images')!.dtype).toBe('float32')
    expect(arrays.get('images')!.values[2]).toBe(14)
    expect(arrays.get('images')!.values[18]).toBe(-150)
  })

  it('names the lines that it leaves out', async () => {
    const bad = [
      row(15, 9),
      row(16, 9).replace(',14,', ',,'),
      row(17, 9),
      row(16, 9).replace(',14,', ',x,'),
      `,${row(15, 9)}`,
    ]
    const content = [names(17), row(16, 1), ...bad, '', row(16, 2)].join('\r\n')
    const { arrays, notes } = arraysIn(await read('a.csv', content))
    expect(Array.from(arrays.get('labels')!.values)).toEqual([1, 2])
    expect(notes).toEqual([{ code: 'bad-lines', params: { count: 5, lines: '3, 4, 5, 6, 7' }, warns: true }])
  })

  it('refuses more pixels than allowed before it makes room for them', async () => {
    const outcome = await read('a.csv', `${row(100, 1)}\n`.repeat(101))
    expect(!outcome.ok && outcome.refusal.code).toBe('too-many-values')
  })
})

describe('JSON', () => {
  it.each<[string, string]>([
    ['files with labels', '{"a b.png": "cat", "c.png": "dog"}'],
    ['labels with files', '{"cat": ["a b.png"], "dog": ["c.png"]}'],
    ['a list', '[{"file": "a b.png", "label": "cat", "box": [1]}, {"label": "dog", "file": "c.png"}]'],
    ['lines', '{"file": "a b.png", "label": "cat"}\n\n{"file": "c.png", "label": "dog"}\n'],
  ])('reads %s', async (_, content) => {
    const { columns, rows } = tableIn(await read('labels.json', content))
    expect({ columns, rows }).toEqual(labels)
  })

  it.each<[string, string, string]>([
    ['broken JSON', '{"a": ', 'json-damaged'],
    ['a broken line', '{"a": 1}\n{"a": \n', 'json-damaged'],
    ['a number', '5', 'json-no-table'],
    ['nothing', '[]', 'json-no-table'],
    ['nested objects', '{"a": {"b": 1}}', 'json-no-table'],
    ['a list of lists', '[[1, 2]]', 'json-no-table'],
  ])('refuses %s', async (_, content, code) => {
    const outcome = await read('labels.json', content)
    expect(outcome.ok ? 'decoded' : outcome.refusal.code).toBe(code)
  })
})
