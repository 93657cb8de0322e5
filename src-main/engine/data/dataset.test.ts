import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DatasetSource } from '@shared/data/dataset'
import { DatasetSummary, everySample, SamplePage, sourceOrder } from '@shared/data/dataset'
import { appErrorOf } from '../testing/errors'
import { idxBytes, numberedSamples, temporaryFolder } from '../testing/idx-files'
import { outsideData } from '../testing/outside-data'
import { epochBatches, readBatch } from './batches'
import { openDataset, type DatasetPart } from './dataset'
import { DatasetCache } from './dataset-cache'
import { readPage } from './page'
import { preprocessingFor } from './preprocess'
import { recognizeFiles } from './recognize'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const shape = [2, 3]
const size = 6
const train = numberedSamples(40, shape, 4)
const test = numberedSamples(12, shape, 4)

function source(options: { packed?: boolean; withTest?: boolean } = {}): DatasetSource {
  const write = (name: string, bytes: Uint8Array) => folder.write(name, options.packed ? gzipSync(bytes) : bytes)
  return {
    kind: 'idx',
    title: 'small',
    train: { images: write('a', train.images), labels: write('b', train.labelFile) },
    test: options.withTest ? { images: write('test-a', test.images), labels: write('test-b', test.labelFile) } : null,
  }
}

function pixelsAt(part: DatasetPart, index: number): number[] {
  return [...readBatch(part, Uint32Array.of(index), preprocessingFor([...shape, 1])).values]
}

describe.each([
  ['plain files', false],
  ['packed files', true],
])('a data set of %s', (_name, packed) => {
  it.each([false, true])('gives every sample as it lies in the file (held in memory: %s)', async (hold) => {
    const dataset = await openDataset(source({ packed, withTest: true }))
    if (hold) await dataset.hold()
    expect(dataset.train.source.kind).toBe(hold || packed ? 'memory' : 'file')
    for (let index = 0; index < train.labels.length; index++) {
      expect(pixelsAt(dataset.train, index)).toEqual([...train.pixels.subarray(index * size, (index + 1) * size)])
    }
    expect([...dataset.train.labels]).toEqual([...train.labels])
    expect([...dataset.test.labels]).toEqual([...test.labels])
    expect(() => pixelsAt(dataset.train, 40)).toThrow(RangeError)
    dataset.close()
  })
})

describe('a summary', () => {
  it('tells shape, classes, counts and the share of the biggest class', async () => {
    const labels = Uint8Array.from([0, 0, 0, 1, 2, 2])
    const images = folder.write('a', idxBytes([6, 2, 3], new Uint8Array(36)))
    const pair = { images, labels: folder.write('b', idxBytes([6], labels)) }
    const dataset = await openDataset({ kind: 'idx', title: 'six', train: pair, test: pair })
    const summary = DatasetSummary.parse(dataset.summary)
    expect(summary).toMatchObject({ title: 'six', shape: [2, 3, 1], classes: ['0', '1', '2'], ownTest: true })
    expect(summary.counts).toEqual({ train: [3, 1, 2], test: [3, 1, 2] })
    expect(summary.majorityShare).toBeCloseTo(0.5)
    dataset.close()
  })

  it('sets 15 % aside where there is no test part, the same ones at every opening and none twice', async () => {
    const first = await openDataset(source())
    const again = await openDataset(source())
    expect(first.summary).toMatchObject({ ownTest: false })
    expect([first.train.count, first.test.count]).toEqual([34, 6])
    const pixelsOf = (part: typeof first.train) =>
      Array.from({ length: part.count }, (_, index) => pixelsAt(part, index).join())
    expect(pixelsOf(again.test)).toEqual(pixelsOf(first.test))
    const all = Array.from({ length: 40 }, (_, n) => train.pixels.subarray(n * size, (n + 1) * size).join())
    expect([...pixelsOf(first.train), ...pixelsOf(first.test)].sort()).toEqual(all.sort())
    first.close()
    again.close()
  })
})

describe('what is refused at opening', () => {
  it('a label beyond the classes of the training part, with its place', async () => {
    const good = source({ withTest: true })
    const labels = folder.write(
      'beyond',
      idxBytes(
        [12],
        Uint8Array.from(test.labels, (label, n) => (n === 7 ? 9 : label)),
      ),
    )
    if (good.kind !== 'idx' || !good.test) throw new Error('unlikely')
    const error = await appErrorOf(openDataset({ ...good, test: { ...good.test, labels } }))
    expect(error).toMatchObject({
      code: 'label-out-of-range',
      params: { file: labels, position: 7, found: 9, highest: 3 },
    })
  })

  it('packed files that are cut or too long', async () => {
    const cut = folder.write('cut.gz', gzipSync(train.images.subarray(0, 100)))
    const long = folder.write('long.gz', gzipSync(Buffer.concat([train.images, Buffer.alloc(5)])))
    const labels = folder.write('labels', train.labelFile)
    for (const [images, code] of [
      [cut, 'idx-truncated'],
      [long, 'idx-too-long'],
    ] as const) {
      const error = await appErrorOf(openDataset({ kind: 'idx', title: '', train: { images, labels }, test: null }))
      expect(error).toMatchObject({ code, params: { file: images, expected: 240 } })
    }
  })

  it('pictures in the place of labels, and a set too small for a test part', async () => {
    const images = folder.write('a', train.images)
    const swapped = { images: folder.write('b', train.labelFile), labels: images }
    expect(await appErrorOf(openDataset({ kind: 'idx', title: '', train: swapped, test: null }))).toMatchObject({
      code: 'idx-lone-labels',
    })
    const one = numberedSamples(2, shape, 2)
    const pair = { images: folder.write('c', one.images), labels: folder.write('d', one.labelFile) }
    expect(await appErrorOf(openDataset({ kind: 'idx', title: '', train: pair, test: null }))).toMatchObject({
      code: 'too-few-samples',
    })
  })
})

describe('a page', () => {
  it.each([
    [null, 0, 5, [0, 1, 2, 3, 4], 40],
    [null, 38, 5, [38, 39], 40],
    [null, 40, 5, [], 40],
    [2, 1, 3, [6, 10, 14], 10],
    [2, 9, 3, [38], 10],
  ] as const)('of class %s from %i, at most %i', async (classIndex, offset, count, expected, total) => {
    const dataset = await openDataset(source({ withTest: true }))
    const filter = { ...everySample, part: 'train' as const, classes: classIndex === null ? [] : [classIndex] }
    const page = SamplePage.parse(await readPage(dataset, { filter, order: sourceOrder, offset, count }))
    expect([...page.rows]).toEqual(expected)
    expect(page.names).toEqual(expected.map((row) => ['a', row]))
    expect(page.total).toBe(total)
    expect([...page.labels]).toEqual(expected.map((index) => train.labels[index]))
    const pixels = expected.flatMap((index) => [...train.pixels.subarray(index * size, (index + 1) * size)])
    expect([...page.pixels]).toEqual(pixels)
    // A view of something larger would drag all of it across the process border.
    expect(page.pixels.buffer.byteLength).toBe(page.pixels.byteLength)
    dataset.close()
  })
})

describe('batches', () => {
  it('visit every position once an epoch, in another order each, the same by seed', () => {
    const positions = Uint32Array.from({ length: 25 }, (_, n) => n * 2)
    const epoch = (seed: number, number: number) => [...epochBatches(positions, 8, seed, number)].map((one) => [...one])
    expect(epoch(1, 1).map((one) => one.length)).toEqual([8, 8, 8, 1])
    expect(
      epoch(1, 1)
        .flat()
        .sort((one, other) => one - other),
    ).toEqual([...positions])
    expect(epoch(1, 2)).not.toEqual(epoch(1, 1))
    expect(epoch(2, 1)).not.toEqual(epoch(1, 1))
    expect(epoch(1, 2)).toEqual(epoch(1, 2))
  })

  it('hold the values with their labels', async () => {
    const dataset = await openDataset(source({ withTest: true }))
    const batch = readBatch(dataset.train, Uint32Array.of(3, 0), preprocessingFor(dataset.summary.shape))
    expect([...batch.values]).toEqual([3, 0].flatMap((n) => [...train.pixels.subarray(n * size, (n + 1) * size)]))
    expect([...batch.labels]).toEqual([3, 0])
    dataset.close()
  })
})

describe('the cache', () => {
  it('opens a source once, keeps what is in use open, and notices a changed file', async () => {
    const cache = new DatasetCache()
    const own = source({ withTest: true })
    const [one, other] = await Promise.all([cache.lease(own), cache.lease(own)])
    expect(other.dataset).toBe(one.dataset)
    other.release()

    const extra = [1, 2, 3].map((n) => {
      const samples = numberedSamples(20 + n, shape, 2)
      const pair = { images: folder.write(`i${n}`, samples.images), labels: folder.write(`l${n}`, samples.labelFile) }
      return { kind: 'idx' as const, title: '', train: pair, test: null }
    })
    for (const set of extra) await cache.with(set, ({ summary }) => expect(summary.shape).toEqual([2, 3, 1]))
    // Evicted by now, yet still readable until it is released; then its files are closed.
    pixelsAt(one.dataset.train, 1)
    one.release()
    await new Promise((resolve) => setImmediate(resolve))
    expect(() => pixelsAt(one.dataset.train, 1)).toThrow()

    const before = await cache.lease(own)
    if (own.kind !== 'idx') throw new Error('unlikely')
    utimesSync(own.train.labels, new Date(), new Date(Date.now() + 60_000))
    const after = await cache.lease(own)
    expect(after.dataset).not.toBe(before.dataset)
    before.release()
    after.release()
  })

  it('reports a failed opening each time', async () => {
    const cache = new DatasetCache()
    const pair = { images: join(folder.path, 'no'), labels: join(folder.path, 'no') }
    const missing: DatasetSource = { kind: 'idx', title: '', train: pair, test: null }
    for (let n = 0; n < 2; n++) expect((await appErrorOf(cache.lease(missing))).code).toBe('file-missing')
    expect((await appErrorOf(cache.lease({ kind: 'sample', id: 'nope' }))).code).toBe('sample-set-unknown')
  })
})

describe('the sample set MNIST', () => {
  it('has 60,000 and 10,000 digits with the class counts of its authors', async () => {
    const dataset = await openDataset({ kind: 'sample', id: 'mnist' })
    expect(dataset.summary).toMatchObject({
      title: 'MNIST',
      shape: [28, 28, 1],
      classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
      ownTest: true,
      majorityShare: 0.1135,
    })
    expect(dataset.summary.counts.train).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    expect(dataset.summary.counts.test).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
    dataset.close()
  })
})

const awkward = outsideData('awkward/data')

describe.skipIf(awkward.missing)('files made elsewhere', () => {
  it.each(['idx', 'idx_gz'])('%s holds the digits that its makers say', async (name) => {
    const dataset = await openDataset(await recognizeFiles([join(awkward.path, name)]))
    const sums = new Map<number, number>()
    const rows = new Map<number, number>()
    const labels: number[] = []
    for (const part of [dataset.train, dataset.test]) {
      for (let index = 0; index < part.count; index++) {
        const pixels = pixelsAt(part, index)
        const sum = pixels.reduce((total, value) => total + value, 0)
        sums.set(sum, (sums.get(sum) ?? 0) + 1)
        rows.set(sum, pixels[10 * 28 + 12]!)
        labels.push(part.labels[index]!)
      }
    }
    expect(labels).toHaveLength(30)
    expect([sums.get(18454), rows.get(18454), sums.get(12788)]).toEqual([1, 66, 1])
    dataset.close()
  })
})
