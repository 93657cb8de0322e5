// @ts-check
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashFile, hashTree, isFresh, readStamp, writeStamp } from './stamp.mjs'

/** @type {string} */
let folder

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchwork-stamp-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('isFresh', () => {
  const stamp = { key: 'k', files: ['/a', '/b'], facts: {} }
  it.each([
    ['same key, all files there', stamp, 'k', ['/a', '/b'], true],
    ['another key', stamp, 'other', ['/a', '/b'], false],
    ['one file gone', stamp, 'k', ['/a'], false],
    ['no stamp', undefined, 'k', ['/a', '/b'], false],
  ])('%s', (_, given, key, there, fresh) => {
    expect(isFresh(given, key, (path) => there.includes(path))).toBe(fresh)
  })
})

describe('readStamp', () => {
  it('gives back what was written, and leaves no other file', async () => {
    const stamp = { key: 'k', files: ['/a'], facts: { device: 'cpu' } }
    await writeStamp(join(folder, 'deep', 'stamp.json'), stamp)
    expect(await readStamp(join(folder, 'deep', 'stamp.json'))).toEqual(stamp)
    expect(await readdir(join(folder, 'deep'))).toEqual(['stamp.json'])
  })

  it.each(['', '{', '[]', 'null', '{"key":1,"files":[],"facts":{}}', '{"key":"k","facts":{}}'])(
    'takes %s for no stamp at all',
    async (text) => {
      await writeFile(join(folder, 'stamp.json'), text)
      expect(await readStamp(join(folder, 'stamp.json'))).toBeUndefined()
    },
  )

  it('takes a missing file for no stamp', async () => {
    expect(await readStamp(join(folder, 'none.json'))).toBeUndefined()
  })
})

describe('hashTree', () => {
  beforeEach(async () => {
    await mkdir(join(folder, 'sources', 'deep'), { recursive: true })
    await writeFile(join(folder, 'sources', 'one.ts'), '1')
    await writeFile(join(folder, 'sources', 'deep', 'two.ts'), '2')
    await writeFile(join(folder, 'config.ts'), 'c')
  })

  const hash = () => hashTree(folder, ['sources', 'config.ts', 'absent'])

  it('is the same for the same files', async () => {
    expect(await hash()).toBe(await hash())
  })

  it.each([
    ['a changed file', () => writeFile(join(folder, 'sources', 'deep', 'two.ts'), '3')],
    ['a new file', () => writeFile(join(folder, 'sources', 'three.ts'), '')],
    ['a removed file', () => rm(join(folder, 'sources', 'one.ts'))],
    ['a changed config', () => writeFile(join(folder, 'config.ts'), 'd')],
    ['a path that appears', () => writeFile(join(folder, 'absent'), '')],
    ['text moved from one file to another', () => moveText()],
  ])('differs after %s', async (_, change) => {
    const before = await hash()
    await change()
    expect(await hash()).not.toBe(before)
  })

  async function moveText() {
    await writeFile(join(folder, 'sources', 'one.ts'), '12')
    await writeFile(join(folder, 'sources', 'deep', 'two.ts'), '')
  }

  it('does not see tests', async () => {
    const before = await hash()
    await writeFile(join(folder, 'sources', 'one.test.ts'), 'x')
    expect(await hash()).toBe(before)
  })
})

describe('hashFile', () => {
  it('agrees with the published digests of "abc"', async () => {
    await writeFile(join(folder, 'abc'), 'abc')
    expect(await hashFile(join(folder, 'abc'), 'sha256', 'hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    expect(await hashFile(join(folder, 'abc'), 'sha512', 'base64')).toBe(
      '3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==',
    )
  })
})
