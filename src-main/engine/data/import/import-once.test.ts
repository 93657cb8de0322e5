import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appErrorOf } from '../../testing/errors'
import { many, noise, useImports } from '../../testing/imports'
import { importOnce } from './import-once'

const { folder, sourceOf } = useImports()

describe('an import that is made once', () => {
  it('is taken again while its files are what they were, and made beside it once one is not', async () => {
    const source = await sourceOf({ ...many('a', 0, 4), ...many('b', 50, 4) })
    const home = await folder()
    const first = await importOnce({ paths: [source], home })
    expect(first.report).toMatchObject({ used: 8, directory: first.directory })
    expect(await importOnce({ paths: [source], home })).toEqual({ directory: first.directory, report: null })
    await writeFile(join(source, 'a/more.pgm'), noise(99))
    const second = await importOnce({ paths: [source], home })
    expect(second.report?.used).toBe(9)
    const names = [first, second].map(({ directory }) => directory.slice(home.length + 1))
    expect((await readdir(home)).sort()).toEqual(names.sort())
    expect(names.every((name) => /^source-[0-9a-f]{8}$/.test(name))).toBe(true)
  })

  it('makes nothing of what cannot be imported', async () => {
    const [source, home] = [await sourceOf({ '1.pgm': noise(1), '2.pgm': noise(2) }), await folder()]
    expect((await appErrorOf(importOnce({ paths: [source], home }))).code).toBe('import-no-classes')
    expect(await readdir(home)).toEqual([])
  })
})
