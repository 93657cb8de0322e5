import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counts, named, noise, useImports } from '../../testing/imports'
import { LabelRows } from './label-rows'

const { folder, imported, sourceOf } = useImports()

const pictures = { '1.pgm': noise(1), '2.pgm': noise(2), '3.pgm': noise(3), '4.pgm': noise(4) }
const flat = Object.fromEntries(Object.entries(pictures).map(([name, file]) => [`pictures/${name}`, file]))
const coco = {
  info: { year: 2026 },
  images: [1, 2, 3, 4].map((id) => ({ id, file_name: `${id}.pgm`, width: 8 })),
  annotations: [
    { id: 1, image_id: 1, category_id: 7, bbox: [0, 0, 1, 1] },
    { id: 2, image_id: 1, category_id: 7, bbox: [2, 2, 1, 1] },
    { id: 3, image_id: 2, category_id: 9 },
    { id: 4, image_id: 3, category_id: 7 },
    { id: 5, image_id: 3, category_id: 9 },
  ],
  categories: [
    { id: 7, name: 'cat' },
    { id: 9, name: 'dog' },
  ],
}

describe('tables of labels', () => {
  it.each<[string, Record<string, string>, Record<string, number>, string[]]>([
    [
      'a list of objects',
      { 'labels.json': JSON.stringify([1, 2, 3].map((n) => ({ file: `${n}.pgm`, label: n === 1 ? 'a' : 'b' }))) },
      { a: 1, b: 2 },
      ['pictures/4.pgm: not-in-table'],
    ],
    [
      'an object from names to labels, without endings',
      { 'labels.json': JSON.stringify({ 1: 'a', 2: 'a', 3: 'b', 4: 'b' }) },
      { a: 2, b: 2 },
      [],
    ],
    [
      'the only list in an object',
      {
        'labels.json': JSON.stringify({
          version: 2,
          data: [
            { image: '1.pgm', class: 'a' },
            { image: '2.pgm', class: 'b' },
          ],
        }),
      },
      { a: 1, b: 1 },
      ['pictures/3.pgm: not-in-table', 'pictures/4.pgm: not-in-table'],
    ],
    [
      'a line for each object',
      {
        'labels.jsonl': [1, 2, 3, 4].map((n) => JSON.stringify({ path: `pictures/${n}.pgm`, label: n % 2 })).join('\n'),
      },
      { 0: 2, 1: 2 },
      [],
    ],
    [
      'annotations as COCO has them',
      { 'instances.json': JSON.stringify(coco) },
      { cat: 1, dog: 1 },
      ['pictures/3.pgm: labels-differ', 'pictures/4.pgm: label-missing'],
    ],
    [
      'a table for each part, and one to be filled in',
      {
        'test.csv': 'id,label\n3,x\n4,y\n',
        'sample_submission.csv': 'id,label\n1,none\n2,none\n',
        'train.csv': 'id,label\n1,x\n2,y\n',
      },
      { x: 2, y: 2 },
      [],
    ],
  ])('%s', async (_what, tables, classes, skipped) => {
    const report = await imported(await sourceOf({ ...flat, ...tables }), { testShare: 0 })
    expect(counts(report)).toEqual(classes)
    expect(named(report)).toEqual(skipped)
    if ('train.csv' in tables) expect(report.classes['x']).toEqual({ train: 1, validation: 0, test: 1 })
  })

  it('are about the files of the folder that they lie in', async () => {
    const table = (...categories: number[]) =>
      JSON.stringify({
        images: categories.map((_, n) => ({ id: n, file_name: `${n}.pgm` })),
        annotations: categories.map((id, n) => ({ image_id: n, category_id: id })),
        categories: coco.categories,
      })
    const source = await sourceOf({
      ...Object.fromEntries(
        ['train', 'valid'].flatMap((part, n) => [0, 1].map((m) => [`${part}/${m}.pgm`, noise(2 * n + m)])),
      ),
      'train/_annotations.coco.json': table(7, 9),
      'valid/_annotations.coco.json': table(9, 9),
    })
    expect((await imported(source, { testShare: 0 })).classes).toEqual({
      cat: { train: 1, validation: 0, test: 0 },
      dog: { train: 1, validation: 2, test: 0 },
    })
  })

  it('tell parts by a column, or else the folders of the files do', async () => {
    const csv = 'file,label,split\n1.pgm,a,train\n2.pgm,b,valid\n3.pgm,a,test\n4.pgm,b,\n'
    expect((await imported(await sourceOf({ ...flat, 'labels.csv': csv }))).classes).toEqual({
      a: { train: 1, validation: 0, test: 1 },
      b: { train: 1, validation: 1, test: 0 },
    })
    const files = { 'train/1.pgm': noise(1), 'train/2.pgm': noise(2), 'test/1.pgm': noise(3), 'test/2.pgm': noise(4) }
    const paths = 'file,label\ntrain/1.pgm,a\ntrain/2.pgm,b\ntest/1.pgm,b\ntest/2.pgm,b\n'
    const report = await imported(await sourceOf({ ...files, 'labels.csv': paths }))
    expect(report.classes).toEqual({
      a: { train: 1, validation: 0, test: 0 },
      b: { train: 1, validation: 0, test: 2 },
    })
  })
})

describe('LabelRows', () => {
  const rows = (...lines: [string, string][]) =>
    new LabelRows(lines.map(([file, label]) => ({ file, label, split: '' })))

  it.each<[string, [string, string][], string, string | undefined]>([
    [
      'the path',
      [
        ['a/1.png', 'x'],
        ['b/1.png', 'y'],
      ],
      'b/1.png',
      'y',
    ],
    [
      'fewer folders',
      [
        ['a/1.png', 'x'],
        ['b/1.png', 'y'],
      ],
      'set/b/1.png',
      'y',
    ],
    [
      'more folders',
      [
        ['/home/me/set/a/1.png', 'x'],
        ['/home/me/set/b/1.png', 'y'],
      ],
      'a/1.png',
      'x',
    ],
    [
      'no folders',
      [
        ['1.png', 'x'],
        ['2.png', 'y'],
      ],
      'any/2.png',
      'y',
    ],
    [
      'no ending',
      [
        ['a/1', 'x'],
        ['b/1', 'y'],
      ],
      'b/1.jpg',
      'y',
    ],
    [
      'backslashes',
      [
        ['a\\1.png', 'x'],
        ['.\\b\\1.png', 'y'],
      ],
      'b/1.png',
      'y',
    ],
    [
      'another folder, where there is but one such name',
      [
        ['old/1.png', 'x'],
        ['old/2.png', 'y'],
      ],
      'new/1.png',
      'x',
    ],
    [
      'another folder than either',
      [
        ['a/1.png', 'x'],
        ['b/1.png', 'y'],
      ],
      'c/1.png',
      undefined,
    ],
    [
      'the folder rather than none',
      [
        ['1.png', 'x'],
        ['a/1.png', 'y'],
      ],
      'a/1.png',
      'y',
    ],
    ['an accent written as a sign of its own', [['caf\u00e9/\u00e9.png', 'x']], 'cafe\u0301/e\u0301.png', 'x'],
    ['another name', [['1.png', 'x']], '11.png', undefined],
  ])('finds a file by %s', (_how, lines, path, label) => expect(rows(...lines).of(path)?.label).toBe(label))

  it('finds the one line whose path ends as the file’s does', () => {
    const word = fc.constantFrom('a', 'b', 'c')
    const paths = fc.uniqueArray(fc.tuple(word, word, word), { minLength: 1, selector: (path) => path.join('/') })
    fc.assert(
      fc.property(paths, fc.nat(2), (files, dropped) => {
        const table = rows(...files.map((path): [string, string] => [path.join('/'), path.join('-')]))
        for (const path of files) {
          const shown = path.slice(dropped)
          const same = files.filter((other) => other.slice(dropped).join('/') === shown.join('/'))
          const found = table.of(shown.join('/'))?.label
          expect(found).toBe(same.length === 1 ? path.join('-') : undefined)
        }
      }),
    )
  })
})

describe('several things dropped together', () => {
  it('are a class each where they are folders', async () => {
    const source = await sourceOf({ 'cats/1.pgm': noise(1), 'cats/2.pgm': noise(2), 'dogs/1.pgm': noise(3) })
    const report = await imported([join(source, 'cats'), join(source, 'dogs')], { testShare: 0 })
    expect(counts(report)).toEqual({ cats: 2, dogs: 1 })
    expect(report.names).toEqual(['cats/1.pgm', 'cats/2.pgm', 'dogs/1.pgm'])
  })

  it('give parts where they are named so', async () => {
    const source = await sourceOf({ 'train/a/1.pgm': noise(1), 'train/b/2.pgm': noise(2), 'test/a/3.pgm': noise(3) })
    const report = await imported([join(source, 'train'), join(source, 'test')])
    expect(report.classes).toEqual({ a: { train: 1, validation: 0, test: 1 }, b: { train: 1, validation: 0, test: 0 } })
  })

  it('are told apart by the folders above where they have one name', async () => {
    const place = await folder()
    for (const [n, path] of ['cats/pictures', 'dogs/pictures'].entries()) {
      await mkdir(join(place, path), { recursive: true })
      await writeFile(join(place, path, '1.pgm'), noise(n))
    }
    const report = await imported([join(place, 'cats/pictures'), join(place, 'dogs/pictures')], { testShare: 0 })
    expect(counts(report)).toEqual({ cats: 1, dogs: 1 })
  })
})
