import { existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { storedFiles } from '@shared/data/stored-dataset'
import { cacheFolder } from '../cache-folder'
import { appErrorOf } from '../testing/errors'
import { numberedSamples, temporaryFolder } from '../testing/idx-files'
import { openDataset } from './dataset'
import { madeSet } from './made-set'

let folder: ReturnType<typeof temporaryFolder>
let cache: string
beforeEach(() => {
  folder = temporaryFolder()
  cache = join(folder.path, 'cache', 'datasets')
})
afterEach(() => folder.remove())

function files(count = 20): string[] {
  const { images, labelFile } = numberedSamples(count, [8, 8], 2)
  return [folder.write('few-images-idx3-ubyte', images), folder.write('few-labels-idx1-ubyte', labelFile)]
}

async function samplesIn(directory: string): Promise<number> {
  const { train, test, close } = await openDataset({ kind: 'stored', title: '', directory })
  close()
  return train.count + test.count
}

describe('a data set made of files that ship', () => {
  it('is made once, and found from then on', async () => {
    const directory = await madeSet('Few', files(), cache)
    expect(await samplesIn(directory)).toBe(20)
    expect(basename(directory)).toMatch(/^few-images-idx3-ubyte-[0-9a-f]{16}$/)
    const { ino, mtimeMs } = statSync(directory)
    expect(await madeSet('Few', files(), cache)).toBe(directory)
    expect(statSync(directory)).toMatchObject({ ino, mtimeMs })
  })

  it('has another folder when the files hold something else', async () => {
    const one = await madeSet('Few', files(), cache)
    const other = await madeSet('Few', files(24), cache)
    expect(other).not.toBe(one)
    expect(await samplesIn(one)).toBe(20)
    expect(await samplesIn(other)).toBe(24)
  })

  it('is one folder when several want it at once, in one process and in others', async () => {
    const paths = files()
    const processes = [madeSet]
    for (let n = 0; n < 3; n++) {
      // A module of its own knows of the others' work as little as another process does.
      vi.resetModules()
      processes.push((await import('./made-set')).madeSet)
    }
    const made = await Promise.all([...processes, ...processes].map((makeIt) => makeIt('Few', paths, cache)))
    expect(new Set(made).size).toBe(1)
    expect(readdirSync(cache)).toEqual([basename(made[0]!)])
    expect(await samplesIn(made[0]!)).toBe(20)
  })

  it.each([
    ['samples are cut off', (directory: string) => truncateSync(join(directory, storedFiles.samples), 300)],
    ['manifest is missing', (directory: string) => rmSync(join(directory, storedFiles.manifest))],
    ['manifest is no JSON', (directory: string) => writeFileSync(join(directory, storedFiles.manifest), '{')],
  ])('is made anew where its %s', async (_what, damage) => {
    const directory = await madeSet('Few', files(), cache)
    damage(directory)
    expect(await madeSet('Few', files(), cache)).toBe(directory)
    expect(await samplesIn(directory)).toBe(20)
    expect(readdirSync(cache)).toEqual([basename(directory)])
  })

  it('removes what was left half made long ago, and nothing that may still be growing', async () => {
    const names = ['x-1.0123abcd.tmp', 'x-2.0123abcd.tmp', 'x-3']
    for (const name of names) mkdirSync(join(cache, name), { recursive: true })
    const longAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000)
    for (const name of ['x-1.0123abcd.tmp', 'x-3']) utimesSync(join(cache, name), longAgo, longAgo)
    await madeSet('Few', files(), cache)
    expect(names.map((name) => existsSync(join(cache, name)))).toEqual([false, true, true])
  })

  it('says where it cannot be kept', async () => {
    const error = await appErrorOf(madeSet('Few', files(), join(folder.write('file', Uint8Array.of(1)), 'datasets')))
    expect(error.code).toBe('write-failed')
  })
})

describe('cacheFolder', () => {
  it.each([
    ['linux', {}, '/home/a/.cache/patchwork'],
    ['linux', { XDG_CACHE_HOME: '/big' }, '/big/patchwork'],
    ['linux', { XDG_CACHE_HOME: '/big', PATCHWORK_CACHE: '/own' }, '/own/patchwork'],
    ['darwin', {}, '/home/a/Library/Caches/patchwork'],
  ] as const)('on %s with %o is %s', (platform, env, wanted) => {
    expect(cacheFolder(env, platform, '/home/a')).toBe(wanted)
  })
})
