import type * as Files from 'node:fs/promises'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { isMissing, reasonOf, writeAtomic } from './atomic-file'

const disk = vi.hoisted(() => ({ beforeRename: undefined as undefined | (() => Promise<void>) }))
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof Files>()
  const rename: typeof real.rename = async (from, to) => {
    await disk.beforeRename?.()
    await real.rename(from, to)
  }
  return { ...real, rename }
})

const folder = useTemporaryFolder()
beforeEach(() => {
  disk.beforeRename = undefined
})

describe('writeAtomic', () => {
  it('writes a file that was not there, and replaces one that was', async () => {
    const path = join(await folder(), 'a.json')
    await writeAtomic(path, 'old')
    await writeAtomic(path, 'new ✓')
    expect(await readFile(path, 'utf8')).toBe('new ✓')
  })

  it('leaves the old content whole where the program dies before the new one has its name', async () => {
    const path = join(await folder(), 'a.json')
    await writeAtomic(path, 'old')
    const died = new Promise<void>((resolve) => {
      disk.beforeRename = () => new Promise(() => resolve())
    })
    void writeAtomic(path, 'new')
    await died
    expect(await readFile(path, 'utf8')).toBe('old')
    disk.beforeRename = undefined
    await writeAtomic(path, 'newer')
    expect(await readFile(path, 'utf8')).toBe('newer')
  })

  it('leaves the old content and no rubbish where the disk refuses', async () => {
    const home = await folder()
    const path = join(home, 'a.json')
    await writeFile(path, 'old')
    disk.beforeRename = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))
    await expect(writeAtomic(path, 'new')).rejects.toMatchObject({
      code: 'write-failed',
      params: { path, detail: 'ENOSPC' },
    })
    expect(await readdir(home)).toEqual(['a.json'])
    expect(await readFile(path, 'utf8')).toBe('old')
  })

  it.each([
    ['the folder is missing', async (home: string) => join(home, 'none', 'a.json'), 'ENOENT'],
    [
      'the folder is a file',
      async (home: string) => writeFile(join(home, 'f'), '').then(() => join(home, 'f', 'a')),
      'ENOTDIR',
    ],
    ['the file is a folder', async (home: string) => mkdir(join(home, 'd')).then(() => join(home, 'd')), 'EISDIR'],
  ])('says so where %s', async (_what, prepare, detail) => {
    const path = await prepare(await folder())
    await expect(writeAtomic(path, 'x')).rejects.toMatchObject({ code: 'write-failed', params: { path, detail } })
  })
})

describe('what a failure says', () => {
  it.each([
    [Object.assign(new Error('x'), { code: 'EACCES' }), 'EACCES', false],
    [Object.assign(new Error('x'), { code: 'ENOENT' }), 'ENOENT', true],
    [Object.assign(new Error('x'), { code: 'ENOTDIR' }), 'ENOTDIR', true],
    [new Error('plain words'), 'plain words', false],
    ['a text', 'a text', false],
  ])('%s', (thrown, reason, missing) => {
    expect([reasonOf(thrown), isMissing(thrown)]).toEqual([reason, missing])
  })
})
