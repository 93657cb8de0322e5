// @ts-check
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cached, dropCached, folderSize, isCached, sweepCache } from './cache.mjs'

/** @type {string} */
let folder

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchwork-cache-'))
  vi.stubEnv('PATCHWORK_CACHE', folder)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** @param {string} text */
const fillWith = (text) => async (/** @type {string} */ entry) => writeFile(join(entry, 'file'), text)
const list = async () => (await readdir(join(folder, 'patchwork'))).sort()

describe('cached', () => {
  it('makes an entry once', async () => {
    const first = await cached('entry', fillWith('one'))
    const second = await cached('entry', fillWith('two'))
    expect(second).toBe(first)
    expect(await readFile(join(second, 'file'), 'utf8')).toBe('one')
    expect(isCached('entry')).toBe(true)
  })

  it('leaves nothing behind when making it fails, and makes it the next time', async () => {
    const broken = cached('entry', async (entry) => {
      await fillWith('half')(entry)
      throw new Error('the line was cut')
    })
    await expect(broken).rejects.toThrow('the line was cut')
    expect(await list()).toEqual([])
    expect(isCached('entry')).toBe(false)
    const entry = await cached('entry', fillWith('whole'))
    expect(await readFile(join(entry, 'file'), 'utf8')).toBe('whole')
  })

  it('replaces an entry that was not finished', async () => {
    await mkdir(join(folder, 'patchwork', 'entry'), { recursive: true })
    await writeFile(join(folder, 'patchwork', 'entry', 'rest'), 'half')
    const entry = await cached('entry', fillWith('whole'))
    expect(existsSync(join(entry, 'rest'))).toBe(false)
    expect(isCached('entry')).toBe(true)
  })

  it('lets an entry be dropped', async () => {
    await cached('entry', fillWith('one'))
    await dropCached(['entry', 'never there'])
    expect(isCached('entry')).toBe(false)
  })
})

describe('sweepCache', () => {
  it('removes what a killed set-up left, and keeps entries', async () => {
    await cached('entry', fillWith('one'))
    await mkdir(join(folder, 'patchwork', 'temporary-x1', 'deep'), { recursive: true })
    await sweepCache()
    expect(await list()).toEqual(['entry'])
  })

  it('is content without a cache', async () => {
    await sweepCache()
    expect(existsSync(join(folder, 'patchwork'))).toBe(false)
  })
})

describe('folderSize', () => {
  it('adds up all files below, and takes a missing folder for empty', async () => {
    await mkdir(join(folder, 'deep'))
    await writeFile(join(folder, 'a'), '12345')
    await writeFile(join(folder, 'deep', 'b'), '678')
    expect(await folderSize(folder)).toBe(8)
    expect(await folderSize(join(folder, 'none'))).toBe(0)
  })
})
