import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appErrorOf } from '../testing/errors'
import { idxBytes, numberedSamples, temporaryFolder } from '../testing/idx-files'
import { outsideData } from '../testing/outside-data'
import { recognizeFiles } from './recognize'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const five = numberedSamples(5, [2, 3], 2)
const three = numberedSamples(3, [2, 3], 2)

describe('one pair', () => {
  it('is told by content, whatever the names say', async () => {
    const images = folder.write('labels.bin', five.images)
    const labels = folder.write('images', five.labelFile)
    const source = await recognizeFiles([labels, images])
    expect(source).toMatchObject({ kind: 'idx', train: { images, labels }, test: null })
  })

  it('may be packed', async () => {
    const images = folder.write('a.gz', gzipSync(five.images))
    const labels = folder.write('b.gz', gzipSync(five.labelFile))
    expect(await recognizeFiles([images, labels])).toMatchObject({ train: { images, labels } })
  })

  it('is found in a folder among other files', async () => {
    const images = folder.write('x', five.images)
    const labels = folder.write('y', five.labelFile)
    folder.write('notes.txt', Buffer.from('pictures of numbers'))
    folder.write('.DS_Store', five.images)
    folder.write('empty', Buffer.alloc(0))
    mkdirSync(join(folder.path, 'inside'))
    expect(await recognizeFiles([folder.path])).toMatchObject({ train: { images, labels }, test: null })
  })
})

describe('two pairs', () => {
  it.each(['t10k', 'my-test', 'TEST'])(
    'have their test part by the name %s, even where it is the larger',
    async (mark) => {
      const train = { images: folder.write('a', three.images), labels: folder.write('b', three.labelFile) }
      const test = { images: folder.write(`${mark}-a`, five.images), labels: folder.write(`${mark}-b`, five.labelFile) }
      const source = await recognizeFiles([test.labels, train.images, test.images, train.labels])
      expect(source).toMatchObject({ train, test })
    },
  )

  it('without a mark have the smaller one as their test part', async () => {
    const test = { images: folder.write('a', three.images), labels: folder.write('d', three.labelFile) }
    const train = { images: folder.write('b', five.images), labels: folder.write('c', five.labelFile) }
    expect(await recognizeFiles([folder.path])).toMatchObject({ train, test })
  })
})

describe('what is refused', () => {
  const short = idxBytes([5, 2, 3], five.pixels.subarray(0, 20))
  const long = idxBytes([5, 2, 3], Buffer.concat([five.pixels, five.pixels]))
  it.each<[string, string, Uint8Array, string, object]>([
    ['text', 'not-idx', Buffer.from('hello'), 'hello.txt', { found: '68 65 6c 6c' }],
    ['an empty file', 'not-idx', Buffer.alloc(0), 'nothing', {}],
    ['signed bytes', 'idx-type', idxBytes([5, 2, 3], five.pixels, 0x09), 'signed', { found: 'int8' }],
    ['floats', 'idx-type', idxBytes([1, 1, 1], new Uint8Array(4), 0x0d), 'floats', { found: 'float32' }],
    ['two dimensions', 'idx-dimensions', idxBytes([5, 6], five.pixels), 'flat', { found: 2 }],
    ['two channels', 'idx-channels', idxBytes([5, 1, 3, 2], five.pixels), 'channels', { found: 2 }],
    ['no samples', 'idx-empty', idxBytes([0, 2, 3], new Uint8Array()), 'none', {}],
    ['pictures without a pixel', 'idx-empty', idxBytes([5, 0, 3], new Uint8Array()), 'flat', {}],
    ['a cut header', 'idx-header-cut', five.images.subarray(0, 10), 'cut', { expected: 16, found: 10 }],
    ['a cut file', 'idx-truncated', short, 'short', { expected: 30, found: 20, count: 5 }],
    ['a file with more than it says', 'idx-too-long', long, 'long', { expected: 30, found: 60 }],
    ['little-endian', 'idx-little-endian', Buffer.from([3, 8, 0, 0, 5, 0, 0, 0]), 'little', {}],
    ['damaged gzip', 'gzip-damaged', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'bad.gz', {}],
  ])('%s: %s with the name of the file', async (_what, code, bytes, name, params) => {
    const file = folder.write(name, bytes)
    const error = await appErrorOf(recognizeFiles([file, folder.write('labels', five.labelFile)]))
    expect(error.code).toBe(code)
    expect(error.params).toMatchObject({ file, ...params })
    expect(error.message).toContain(file)
  })

  it.each<[string, string, readonly [string, Uint8Array][], object]>([
    ['pictures alone', 'idx-lone-images', [['a', five.images]], {}],
    ['labels alone', 'idx-lone-labels', [['a', five.labelFile]], {}],
    [
      'three files',
      'idx-unpaired',
      [
        ['a', five.images],
        ['b', three.images],
        ['c', five.labelFile],
      ],
      { images: 2, labels: 1 },
    ],
    [
      'a pair of unlike counts',
      'idx-count-mismatch',
      [
        ['a', five.images],
        ['b', three.labelFile],
      ],
      { imageCount: 5, labelCount: 3 },
    ],
    [
      'two pairs that cannot be told apart',
      'idx-ambiguous',
      [
        ['a', five.images],
        ['b', five.images],
        ['c', five.labelFile],
        ['d', five.labelFile],
      ],
      { count: 5 },
    ],
    [
      'a test part of another size',
      'idx-shapes-differ',
      [
        ['a', five.images],
        ['b', five.labelFile],
        ['test-a', numberedSamples(4, [3, 3], 2).images],
        ['test-b', numberedSamples(4, [3, 3], 2).labelFile],
      ],
      { trainShape: '2 × 3 × 1', testShape: '3 × 3 × 1' },
    ],
    [
      'five files',
      'idx-too-many',
      ['a', 'b', 'c', 'd', 'e'].map((name): [string, Uint8Array] => [name, five.images]),
      { count: 5 },
    ],
  ])('%s: %s', async (_what, code, files, params) => {
    const error = await appErrorOf(recognizeFiles(files.map(([name, bytes]) => folder.write(name, bytes))))
    expect(error.code).toBe(code)
    expect(error.params).toMatchObject(params)
  })

  it('a file that is not there, and a folder without IDX files', async () => {
    const missing = join(folder.path, 'missing')
    expect(await appErrorOf(recognizeFiles([missing]))).toMatchObject({
      code: 'file-missing',
      params: { file: missing },
    })
    folder.write('notes.txt', Buffer.from('nothing here'))
    expect(await appErrorOf(recognizeFiles([folder.path]))).toMatchObject({ code: 'no-data-files' })
  })
})

const awkward = outsideData('awkward/data')

describe.skipIf(awkward.missing)('files made elsewhere', () => {
  it.each(['idx', 'idx_gz'])('%s is one pair', async (name) => {
    const source = await recognizeFiles([join(awkward.path, name)])
    expect(source).toMatchObject({ kind: 'idx', test: null, title: name })
  })

  it.each([
    ['idx_bad/wrong_magic-idx3-ubyte', 'idx-type'],
    ['idx_bad/not_idx-idx3-ubyte', 'not-idx'],
    ['idx_bad/truncated-idx3-ubyte', 'idx-truncated'],
    ['idx_bad/little_endian-idx3-ubyte', 'idx-little-endian'],
    ['idx_mismatch', 'idx-count-mismatch'],
  ])('%s: %s', async (name, code) => {
    expect((await appErrorOf(recognizeFiles([join(awkward.path, name)]))).code).toBe(code)
  })
})
