import { gzipSync } from 'node:zlib'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { english, russian } from '@shared/messages/files'
import { textAt } from '@shared/messages/english'
import { useTemporaryFolder } from '../../../testing/temporary-folder'
import { decodedValues, refusalOf } from '../../testing/decoded'
import { pngFile } from '../../testing/png-file'
import { Refusal } from './contract'
import { decodeFile } from './decode-file'
import { isLitter } from './litter'
import { listFiles } from './list-files'
import { readers } from './registry'
import { diskFile } from './source-file'

const folder = useTemporaryFolder()
const picture = pngFile({ width: 2, height: 1, depth: 8, type: 0, values: [7, 9] })

describe('by what a file begins with', () => {
  it.each(['it.png', 'it', 'IT.PNG', 'it.unknown', 'a/b.c/it.png'])('a picture named %s comes in', async (name) => {
    const { values, notes } = await decodedValues(picture, name)
    expect([Array.from(values), notes]).toEqual([[7, 9], []])
  })

  it('and a name that says otherwise is told', async () => {
    const { notes } = await decodedValues(picture, 'it.jpg')
    expect(notes).toEqual([{ code: 'other-format', params: { format: 'PNG', ending: 'jpg' }, warns: false }])
  })

  it('packed or not', async () => {
    const { values } = await decodedValues(gzipSync(picture), 'it.png.gz')
    expect(Array.from(values)).toEqual([7, 9])
  })

  const text = Buffer.from('Nothing here is a picture.\n')
  it.each<[string, Buffer, string, string]>([
    ['it.jpg', Buffer.alloc(0), 'empty', 'skipped'],
    ['it.jpg', text, 'is-text', 'skipped'],
    ['notes.txt', text, 'no-data', 'ignored'],
    ['README', text, 'no-data', 'ignored'],
    ['it.dat', Buffer.from([1, 200, 3, 4, 5, 250]), 'unknown-format', 'skipped'],
    ['it.jp2', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'), 'format-not-read', 'skipped'],
    ['it.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 'format-not-read', 'skipped'],
    ['it.mp4', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0', 'latin1'), 'video-not-read', 'skipped'],
    ['.DS_Store', picture, 'litter', 'ignored'],
    ['it.png.gz', gzipSync(picture).subarray(0, 30), 'truncated', 'skipped'],
    ['it.gz', Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), Buffer.alloc(30, 0xff)]), 'damaged', 'skipped'],
  ])('%s is left out: %j', async (name, bytes, code, outcome) => {
    expect(await refusalOf(bytes, name)).toMatchObject({ code, outcome })
  })

  it('a packed file that becomes too much is left out', async () => {
    const { code } = await refusalOf(gzipSync(Buffer.alloc(2 ** 25)), 'it.gz')
    expect(code).toBe('unpacks-to-too-much')
  })
})

describe('on disk', () => {
  it('what cannot be opened is told apart', async () => {
    const home = await folder()
    const outcome = async (path: string) => {
      try {
        const found = await decodeFile(await diskFile(path))
        return found.ok ? 'decoded' : found.refusal.code
      } catch (thrown) {
        return thrown instanceof Refusal ? thrown.code : String(thrown)
      }
    }
    await writeFile(join(home, 'it.png'), picture)
    await symlink('it.png', join(home, 'link.png'))
    await symlink('loop.png', join(home, 'loop.png'))
    await symlink('nothing.png', join(home, 'lost.png'))
    expect(await outcome(join(home, 'it.png'))).toBe('decoded')
    expect(await outcome(join(home, 'link.png'))).toBe('decoded')
    expect(await outcome(join(home, 'loop.png'))).toBe('link-loop')
    expect(await outcome(join(home, 'lost.png'))).toBe('gone')
    expect(await outcome(join(home, 'it.png', 'more.png'))).toBe('gone')
  })

  it.skipIf(process.platform === 'win32')('a pipe is not waited for', async () => {
    const home = await folder()
    execFileSync('mkfifo', [join(home, 'pipe.png')])
    await expect(diskFile(join(home, 'pipe.png'))).rejects.toMatchObject({ code: 'special' })
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a file without permission is told', async () => {
    const home = await folder()
    await writeFile(join(home, 'it.png'), picture)
    await chmod(join(home, 'it.png'), 0)
    const found = await decodeFile(await diskFile(join(home, 'it.png')))
    expect(!found.ok && found.refusal.code).toBe('not-permitted')
  })
})

describe('the files of a folder', () => {
  it('are listed in counting order, without going in circles or into what is hidden', async () => {
    const home = await folder()
    for (const name of ['b 10', 'b 9', 'ż 猫 🐈', '.git', '__MACOSX']) await mkdir(join(home, name))
    const files = ['b 10/x.png', 'b 9/2.png', 'b 9/11.png', 'ż 猫 🐈/y.png', '.git/config', '__MACOSX/z', 'a.png']
    for (const name of files) await writeFile(join(home, name), picture)
    await symlink('..', join(home, 'b 9', 'up'))
    await symlink('../b 10', join(home, 'b 9', 'side'))
    const found: string[] = []
    for await (const { within, names } of listFiles(home))
      found.push(...names.map((name) => relative(home, within + name)))
    expect(found).toEqual(['__MACOSX', '.git', 'a.png', 'b 9/2.png', 'b 9/11.png', 'b 9/side/x.png', 'ż 猫 🐈/y.png'])
    const one: string[] = []
    for await (const { within, names } of listFiles(join(home, 'a.png')))
      one.push(...names.map((name) => within + name))
    expect(one).toEqual([join(home, 'a.png')])
  })
})

it.each([
  ['a/.DS_Store', true],
  ['a/._b.jpg', true],
  ['Thumbs.db', true],
  ['a\\desktop.ini', true],
  ['__MACOSX/a/b.jpg', true],
  ['a/b.jpg', false],
  ['.hidden/b.jpg', false],
  ['a.b/c', false],
])('%s is litter: %s', (path, expected) => expect(isLitter(path)).toBe(expected))

it('readers have names and endings of their own', () => {
  const endings = readers.flatMap((reader) => reader.endings ?? [])
  expect(new Set(readers.map(({ name }) => name)).size).toBe(readers.length)
  expect(new Set(endings).size).toBe(endings.length)
})

it('every reason and note has a text in both languages', () => {
  const sources = import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  })
  const found = Object.values(sources).join('\n')
  const reasons = [...found.matchAll(/new Refusal\('([\w-]+)'/g)].map(([, code = '']) => `decode.reasons.${code}`)
  const notes = [...found.matchAll(/code: '([\w-]+)', params/g)].map(([, code = '']) => `decode.notes.${code}`)
  expect(reasons.length).toBeGreaterThan(20)
  expect(notes.length).toBeGreaterThan(5)
  for (const tree of [english, russian]) {
    expect([...new Set([...reasons, ...notes])].filter((key) => textAt(tree, key) === undefined)).toEqual([])
  }
})
