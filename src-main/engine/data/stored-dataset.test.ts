import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DatasetSummary, everySample, sourceOrder } from '@shared/data/dataset'
import type { SampleValues } from '@shared/data/preprocessing'
import { StoredDataset, storedFiles, type StoredPart } from '@shared/data/stored-dataset'
import { seededRandom } from '../random'
import { appErrorOf } from '../testing/errors'
import { temporaryFolder } from '../testing/idx-files'
import { readNames } from '../testing/stored-names'
import { readBatch } from './batches'
import { openDataset, type DatasetPart } from './dataset'
import { readPage } from './page'
import { recognizeFiles } from './recognize'
import { formatNpyHead } from './store/npy-header'
import { StoredWriter, type StoredPlan } from './store/stored-writer'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const directory = () => join(folder.path, 'set')
const source = () => ({ kind: 'stored' as const, title: 'small', directory: directory() })

const plan: StoredPlan = {
  title: 'small',
  kind: 'pictures',
  classes: ['cat', 'dog', 'кот'],
  shape: [2, 3, 2],
  type: 'uint8',
  divisor: 255,
  normalize: false,
  rate: null,
  making: { resize: 'fit' },
  sources: 'a 1\nb 2',
}
const files = {
  found: 3,
  used: 2,
  skipped: [{ file: 'c.txt', outcome: 'skipped' as const, code: 'unknown', params: {} }],
}

interface Made {
  readonly values: SampleValues
  readonly label: number
  readonly part: StoredPart
}

/** Samples of random values; what becomes of each is told by `partOf`. */
function samples(count: number, partOf: (n: number) => StoredPart, type: StoredPlan['type'] = 'uint8'): Made[] {
  const random = seededRandom(count)
  return Array.from({ length: count }, (_, n) => ({
    values:
      type === 'uint8'
        ? Uint8Array.from({ length: 12 }, () => random.below(256))
        : Float32Array.from({ length: 12 }, (_, at) => (at % 2) * 1000 + random.next() / 2 ** 32),
    label: n % 3,
    part: partOf(n),
  }))
}

async function write(made: readonly Made[], own: Partial<StoredPlan> = {}) {
  const writer = await StoredWriter.create(directory(), { ...plan, ...own })
  for (const [n, one] of made.entries()) await writer.add({ ...one, name: n % 2 ? `é ${n}.png` : ['a.wav', n] })
  return writer.finish(files)
}

function valuesOf(part: DatasetPart, preprocessing: Parameters<typeof readBatch>[2]): number[][] {
  const all = Uint32Array.from({ length: part.count }, (_, n) => n)
  const { values } = readBatch(part, all, preprocessing)
  return Array.from({ length: part.count }, (_, n) => [...values.subarray(n * 12, (n + 1) * 12)])
}

const inTurns = (n: number): StoredPart => (n % 5 === 0 ? 'test' : n % 5 === 1 ? 'validation' : 'train')

describe('a stored data set', () => {
  it.each(['uint8', 'float32'] as const)('of %s gives back what was put in, part by part', async (type) => {
    const made = samples(50, inTurns, type)
    const manifest = await write(made, { type })
    expect(StoredDataset.parse(JSON.parse(readFileSync(join(directory(), storedFiles.manifest), 'utf8')))).toEqual(
      manifest,
    )
    expect(manifest).toMatchObject({ count: 50, files, classes: plan.classes, making: plan.making })
    expect(readdirSync(folder.path)).toEqual(['set'])

    const dataset = await openDataset(source())
    expect(DatasetSummary.parse(dataset.summary)).toMatchObject({
      title: 'small',
      shape: [2, 3, 2],
      ownTest: true,
      validation: 10,
    })
    const learned = made.filter(({ part }) => part !== 'test')
    const tested = made.filter(({ part }) => part === 'test')
    expect(valuesOf(dataset.train, dataset.preprocessing)).toEqual(learned.map(({ values }) => [...values]))
    expect(valuesOf(dataset.test, dataset.preprocessing)).toEqual(tested.map(({ values }) => [...values]))
    expect([...dataset.train.labels]).toEqual(learned.map(({ label }) => label))
    expect([...dataset.validation!].map((n) => learned[n]!.part)).toEqual(Array(10).fill('validation'))
    expect(dataset.summary.counts.test).toEqual(
      [0, 1, 2].map((label) => tested.filter((one) => one.label === label).length),
    )

    await dataset.hold()
    expect(dataset.train.source.kind).toBe('memory')
    expect(valuesOf(dataset.train, dataset.preprocessing)).toEqual(learned.map(({ values }) => [...values]))
    const names = await readNames(directory())
    expect(names).toHaveLength(50)
    expect(names.slice(0, 2)).toEqual([['a.wav', 0], 'é 1.png'])
    dataset.close()
  })

  it('without a test part has one set aside, the same at every opening', async () => {
    await write(samples(60, () => 'train'))
    const [one, again] = [await openDataset(source()), await openDataset(source())]
    expect([one.train.count, one.test.count]).toEqual([51, 9])
    expect(one.summary).toMatchObject({ ownTest: false })
    expect(one.summary.validation).toBeUndefined()
    expect([...one.test.rows]).toEqual([...again.test.rows])
    expect([...one.train.rows, ...one.test.rows].sort((a, b) => a - b)).toEqual([...Array(60).keys()])
    one.close()
    again.close()
  })

  it.each(['uint8', 'float32'] as const)('of %s is normalized by its training part alone', async (type) => {
    const made = samples(40, inTurns, type)
    const { preprocessing } = await write(made, { type, divisor: 2, normalize: true })
    for (const channel of [0, 1]) {
      const values = made
        .filter(({ part }) => part === 'train')
        .flatMap(({ values }) => [...values].filter((_, at) => at % 2 === channel).map((value) => value / 2))
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
      expect(preprocessing.normalization?.mean[channel]).toBeCloseTo(mean, 9)
      expect(preprocessing.normalization?.deviation[channel]).toBeCloseTo(Math.sqrt(variance), 9)
    }
    const all = made.flatMap(({ values }) => [...values])
    const floats = type === 'float32' ? { low: Math.min(...all), high: Math.max(...all) } : undefined
    expect(preprocessing.floats).toEqual(floats)
  })

  it('with a channel that never changes is not divided by zero', async () => {
    const made = samples(9, inTurns).map((one) => ({
      ...one,
      values: one.values.map((value, at) => (at % 2 ? 7 : value)),
    }))
    const { preprocessing } = await write(made, { normalize: true })
    expect(preprocessing.normalization?.deviation[1]).toBe(1)
  })

  it('shows floats by the range of their values', async () => {
    const made = samples(5, () => 'train', 'float32').map((one, n) => ({
      ...one,
      values: new Float32Array(12).fill(n - 2),
    }))
    await write([...made, ...made], { type: 'float32', classes: ['a', 'b', 'c'] })
    const dataset = await openDataset(source())
    const { pixels } = await readPage(dataset, {
      filter: { ...everySample, part: 'train' },
      order: sourceOrder,
      offset: 0,
      count: 5,
    })
    const expected = [...dataset.train.rows.subarray(0, 5)].map((row) => Math.round(((row % 5) * 255) / 4))
    expect([...pixels].filter((_, at) => at % 12 === 0)).toEqual(expected)
    dataset.close()
  })

  it('is recognized by its folder and by its manifest', async () => {
    await write(samples(9, inTurns))
    expect(await recognizeFiles([directory()])).toEqual(source())
    expect(await recognizeFiles([join(directory(), storedFiles.manifest)])).toEqual(source())
  })
})

describe('writing', () => {
  it('leaves nothing when it is given up, and is refused where files lie', async () => {
    const writer = await StoredWriter.create(directory(), plan)
    await writer.add({ ...samples(1, inTurns)[0]!, name: 'a' })
    await writer.discard()
    expect(readdirSync(folder.path)).toEqual([])
    await write(samples(3, inTurns))
    expect(await appErrorOf(StoredWriter.create(directory(), plan))).toMatchObject({ code: 'folder-not-empty' })
    expect(readdirSync(folder.path)).toEqual(['set'])
  })

  it('of no sample makes nothing', async () => {
    const writer = await StoredWriter.create(directory(), plan)
    expect(await appErrorOf(writer.finish(files))).toMatchObject({ code: 'dataset-empty' })
    await writer.discard()
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('takes samples of its classes and shape only', async () => {
    const writer = await StoredWriter.create(directory(), plan)
    const [one] = samples(1, inTurns)
    expect(() => writer.add({ ...one!, label: 3, name: 'a' })).toThrow(RangeError)
    expect(() => writer.add({ ...one!, values: new Uint8Array(11), name: 'a' })).toThrow(RangeError)
    await writer.discard()
    const floats = await StoredWriter.create(directory(), { ...plan, type: 'float32' })
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const values = new Float32Array(12).fill(value, 11)
      expect(() => floats.add({ ...one!, values, name: 'a' })).toThrow(RangeError)
    }
    expect(floats.count).toBe(0)
    await floats.discard()
  })
})

describe('a damaged folder', () => {
  const manifest = (change: (content: Record<string, unknown>) => void) => () => {
    const path = join(directory(), storedFiles.manifest)
    const content = JSON.parse(readFileSync(path, 'utf8'))
    change(content)
    writeFileSync(path, JSON.stringify(content))
  }
  const array =
    (name: 'labels' | 'parts' | 'samples', type: 'uint8' | 'uint16', shape: number[], fill: number) => () => {
      const values = new Uint8Array(shape.reduce((product, size) => product * size, type === 'uint8' ? 1 : 2)).fill(
        fill,
      )
      writeFileSync(join(directory(), storedFiles[name]), Buffer.concat([formatNpyHead(type, shape), values]))
    }
  it.each<[string, () => void, string, RegExp]>([
    ['without its manifest', () => rmSync(join(directory(), storedFiles.manifest)), 'dataset-missing', /set/],
    ['of another format', manifest((content) => (content['format'] = 'else')), 'dataset-damaged', /format/],
    ['of a newer version', manifest((content) => (content['version'] = 2)), 'dataset-newer', /format 2/],
    [
      'with a manifest that is no JSON',
      () => writeFileSync(join(directory(), storedFiles.manifest), '{'),
      'dataset-damaged',
      /JSON/,
    ],
    [
      'with more samples promised',
      manifest((content) => (content['count'] = 10)),
      'dataset-damaged',
      /uint8 9 × 2 × 3 × 2, expected is uint8 10 ×/,
    ],
    ['without labels', () => rmSync(join(directory(), storedFiles.labels)), 'file-missing', /labels\.npy/],
    ['with a label too high', array('labels', 'uint16', [9], 3), 'dataset-damaged', /771 at position 0/],
    ['with labels of another type', array('labels', 'uint8', [9], 1), 'dataset-damaged', /holds uint8 9/],
    ['with a part too high', array('parts', 'uint8', [9], 3), 'dataset-damaged', /3 at position 0/],
    ['with samples of another shape', array('samples', 'uint8', [9, 2, 3, 1], 1), 'dataset-damaged', /9 × 2 × 3 × 1/],
    [
      'normalized for other channels',
      manifest((content) =>
        Object.assign(content['preprocessing'] as object, { normalization: { mean: [1], deviation: [1] } }),
      ),
      'dataset-damaged',
      /2 channels/,
    ],
  ])('%s is refused and says where', async (_what, damage, code, message) => {
    await write(samples(9, inTurns))
    damage()
    const error = await appErrorOf(openDataset(source()))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })
})
