import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tarFile, zipFile } from '../../testing/archives'
import { counts, named, noise, picture, useImports } from '../../testing/imports'
import { gather } from './gather'

const { folder, imported, sourceOf } = useImports()

const zipped = (...names: string[]) => zipFile(names.map((name, n) => ({ name, content: noise(n + names.length) })))
const namesOf = async (paths: readonly string[]) => (await gather(paths)).files.map(({ name }) => name)

describe('archives in a folder', () => {
  it('are opened where there is nothing else but texts, and their names are folders', async () => {
    const source = await sourceOf({
      'train.zip': zipped('cat/1.pgm', 'cat/2.pgm', 'dog/3.pgm'),
      'test.tar': tarFile([
        { name: 'cat/9.pgm', content: noise(9) },
        { name: 'dog/8.pgm', content: noise(8) },
      ]),
      'README.txt': 'two parts',
    })
    const report = await imported(source)
    expect(report.classes).toEqual({
      cat: { train: 2, validation: 0, test: 1 },
      dog: { train: 1, validation: 0, test: 1 },
    })
    expect(report).toMatchObject({ found: 5, used: 5 })
  })

  it('stay closed beside other files and in other archives, and that is said', async () => {
    const source = await sourceOf({ 'a/1.pgm': noise(1), 'b/2.pgm': noise(2), 'more/all.zip': zipped('a/1.pgm') })
    expect(named(await imported(source))).toEqual(['more/all.zip: archive-within'])
    const nested = zipFile([
      { name: 'a/1.pgm', content: noise(1) },
      { name: 'b/2.pgm', content: noise(2) },
      { name: 'b/inner.zip', content: zipped('a/3.pgm') },
    ])
    expect(named(await imported(join(await sourceOf({ 'all.zip': nested }), 'all.zip')))).toEqual([
      'b/inner.zip: archive-within',
    ])
  })
})

describe('names of files', () => {
  it('begin with what was dropped where that was several things, with more of its path where two are alike', async () => {
    const place = await folder()
    for (const path of ['x/pictures/1.pgm', 'y/pictures/1.pgm', 'z/2.pgm', 'other/3.pgm']) {
      await mkdir(dirname(join(place, path)), { recursive: true })
      await writeFile(join(place, path), picture(1, 1, [1]))
    }
    await writeFile(join(place, 'cats.zip'), zipped('1.pgm', '2.pgm'))
    const at = (...names: string[]) => names.map((name) => join(place, name))
    expect(await namesOf(at('x'))).toEqual(['pictures/1.pgm'])
    expect(await namesOf([`${place}/./x/`])).toEqual(['pictures/1.pgm'])
    expect(await namesOf(at('x/pictures', 'y/pictures', 'z', 'other/3.pgm', 'cats.zip'))).toEqual([
      'x/pictures/1.pgm',
      'y/pictures/1.pgm',
      'z/2.pgm',
      '3.pgm',
      'cats/1.pgm',
      'cats/2.pgm',
    ])
    expect(await namesOf(at('cats.zip'))).toEqual(['1.pgm', '2.pgm'])
    expect(await namesOf(at('x/pictures/1.pgm', 'y/pictures/1.pgm'))).toEqual(['x/pictures/1.pgm', 'y/pictures/1.pgm'])
    expect(counts(await imported(at('cats.zip', 'z'), { testShare: 0 }))).toEqual({ cats: 2, z: 1 })
  })
})
