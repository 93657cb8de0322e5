import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFileSync } from 'node:fs'
import {
  DatasetSummary,
  everySample,
  marksOf,
  sampleMarks,
  sourceOrder,
  type DatasetSource,
  type SampleFilter,
  type SampleOrder,
} from '@shared/data/dataset'
import type { Edit } from '@shared/data/edits'
import { storedParts, type StoredPart } from '@shared/data/stored-dataset'
import { edited, editLogs, type Model } from '../testing/edit-model'
import { appErrorOf } from '../testing/errors'
import { numberedSamples, temporaryFolder } from '../testing/idx-files'
import { smallPlan } from '../testing/stored-plan'
import { range } from '../random'
import { readBatch } from './batches'
import { openDataset, type Dataset } from './dataset'
import { DatasetCache } from './dataset-cache'
import { readPage, readRows } from './page'
import { preprocessingFor } from './preprocess'
import { StoredWriter } from './store/stored-writer'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const shape = [2, 3]
const size = 6
const [train, test] = [numberedSamples(30, shape, 4), numberedSamples(12, shape, 4)]
const model: Model = {
  classes: ['0', '1', '2', '3'],
  samples: Array.from({ length: 42 }, (_, row) => ({
    row,
    class: String(row < 30 ? row % 4 : (row - 30) % 4),
    part: row < 30 ? 'train' : 'test',
    removed: false,
  })),
}
const valuesOf = (row: number): number[] =>
  row < 30
    ? [...train.pixels.subarray(row * size, (row + 1) * size)]
    : [...test.pixels.subarray((row - 30) * size, (row - 29) * size)]

function idx(packed = false): DatasetSource {
  const write = (name: string, bytes: Uint8Array) => folder.write(name, packed ? gzipSync(bytes) : bytes)
  return {
    kind: 'idx',
    title: 'small',
    train: { images: write('a', train.images), labels: write('b', train.labelFile) },
    test: { images: write('test-a', test.images), labels: write('test-b', test.labelFile) },
  }
}

function withLog(source: DatasetSource, edits: readonly Edit[], samples = 42): DatasetSource {
  if (edits.length === 0) return source
  const path = join(folder.path, 'log.jsonl')
  const line = (edit: Edit) => `${JSON.stringify({ at: '2026-01-02T03:04:05.000Z', samples, edit })}\n`
  writeFileSync(path, edits.map(line).join(''))
  return { ...source, edits: { path, lines: edits.length } }
}

/** What a part holds: rows, words for classes, values. */
function held(dataset: Dataset, part: 'train' | 'test') {
  const { count, labels, numbers } = dataset[part]
  const { values } = readBatch(dataset[part], range(count), preprocessingFor([...shape, 1]))
  return Array.from({ length: count }, (_, n) => ({
    row: numbers[n],
    class: dataset.summary.classes[labels[n] ?? 0],
    values: [...values.subarray(n * size, (n + 1) * size)],
  }))
}

describe('an edited data set', () => {
  it.each([
    ['plain files', false, false],
    ['packed files', true, false],
    ['plain files that are held in memory', false, true],
  ])('of %s gives what a plain list would, whatever the edits', async (_name, packed, hold) => {
    await fc.assert(
      fc.asyncProperty(editLogs(model), async (edits) => {
        const expected = edited(model, edits).samples.filter(({ removed }) => !removed)
        const of = (...parts: StoredPart[]) =>
          expected
            .filter(({ part }) => parts.includes(part))
            .map((one) => ({ row: one.row, class: one.class, values: valuesOf(one.row) }))
        const dataset = await openDataset(withLog(idx(packed), edits))
        try {
          if (hold) await dataset.hold()
          expect(held(dataset, 'train')).toEqual(of('train', 'validation'))
          expect(held(dataset, 'test')).toEqual(of('test'))
          const validation = [...(dataset.validation ?? [])].map((n) => dataset.train.numbers[n])
          expect(validation).toEqual(of('validation').map(({ row }) => row))
          const summary = DatasetSummary.parse(dataset.summary)
          expect(summary.counts.test).toEqual(
            summary.classes.map((name) => of('test').filter((one) => one.class === name).length),
          )
          expect(summary.majorityShare).toBe(Math.max(...summary.counts.test) / of('test').length)
          expect(summary.validation ?? 0).toBe(of('validation').length)
        } finally {
          dataset.close()
        }
      }),
      { numRuns: 25 },
    )
  })

  it('has at least one sample in each part', async () => {
    const all: [number, number] = [0, 29]
    expect(await appErrorOf(openDataset(withLog(idx(), [{ kind: 'remove', rows: [all] }])))).toMatchObject({
      code: 'edits-no-training',
    })
    expect(
      await appErrorOf(openDataset(withLog(idx(), [{ kind: 'move', rows: [all], part: 'validation' }]))),
    ).toMatchObject({ code: 'edits-no-training' })
    expect(
      await appErrorOf(openDataset(withLog(idx(), [{ kind: 'move', rows: [[30, 41]], part: 'train' }]))),
    ).toMatchObject({ code: 'edits-no-test' })
  })

  it('keeps the test part that was set aside, whatever classes are changed', async () => {
    const source: DatasetSource = { ...idx(), kind: 'idx', test: null } as DatasetSource
    const before = await openDataset(source)
    const relabelled = await openDataset(withLog(source, [{ kind: 'relabel', rows: [[0, 20]], to: '3' }], 30))
    expect([...relabelled.test.numbers]).toEqual([...before.test.numbers])
    before.close()
    relabelled.close()
  })

  it('is another one for a run of before than for one of now, and both share the files', async () => {
    const cache = new DatasetCache()
    const source = idx()
    const edits: Edit[] = [
      { kind: 'remove', rows: [0] },
      { kind: 'relabel', rows: [1], to: 'new' },
    ]
    const now = withLog(source, edits)
    const before = { ...now, edits: { path: now.edits?.path ?? '', lines: 1 } }
    const [one, other] = [await cache.lease(before), await cache.lease(now)]
    expect(one.dataset.summary.classes).toEqual(['0', '1', '2', '3'])
    expect(other.dataset.summary.classes).toEqual(['0', '1', '2', '3', 'new'])
    expect(one.dataset.all.names).toBe(other.dataset.all.names)
    for (const lease of [one, other]) lease.release()
    expect(await cache.check(now, { kind: 'undo', line: 2 })).toEqual({ samples: 42 })
    expect(await appErrorOf(cache.check(now, { kind: 'undo', line: 3 }))).toMatchObject({ code: 'edits-damaged' })
    expect(await appErrorOf(cache.check(source, { kind: 'remove', rows: [[30, 41]] }))).toMatchObject({
      code: 'edits-no-test',
    })
  })
})

const flagsOf = (row: number) => [
  ...(row % 5 === 0 ? (['duplicate'] as const) : []),
  ...(row % 7 === 0 ? (['constant'] as const) : []),
]

/** Sixty pictures of two classes in all three parts, with names that only numbers put in order. */
async function stored(): Promise<DatasetSource> {
  const directory = join(folder.path, 'set')
  const writer = await StoredWriter.create(directory, smallPlan)
  for (let row = 0; row < 60; row++) {
    const name: string | [string, number] =
      row % 3 === 0 ? ['é Звук.wav', row * 10] : `Folder ${row % 2}/file ${60 - row}.png`
    await writer.add({
      values: Uint8Array.from({ length: 6 }, (_, at) => (row * 37 + at * (row % 11)) % 256),
      label: row % 2,
      part: storedParts[row % 3] ?? 'train',
      name,
      flags: flagsOf(row),
    })
  }
  await writer.finish({ found: 60, used: 60, skipped: [] })
  return { kind: 'stored', title: 'small', directory }
}

const filters: fc.Arbitrary<SampleFilter> = fc.record({
  part: fc.constantFrom('all' as const, ...storedParts),
  classes: fc.subarray([0, 1]),
  marks: fc.subarray([...sampleMarks], { maxLength: 2 }),
  text: fc.constantFrom('', '', 'FILE 1', 'звук', 'folder 0', 'nothing like it'),
  only: fc.oneof(
    fc.constant(null),
    fc.uniqueArray(fc.nat(70), { maxLength: 30 }).map((rows) => Uint32Array.from(rows)),
  ),
})
const orders: fc.Arbitrary<SampleOrder> = fc.record({
  by: fc.constantFrom('row', 'name', 'class', 'mean', 'deviation', 'given'),
  descending: fc.boolean(),
})

describe('samples to be looked at', () => {
  it('are those that a plain list leaves, in its order, page by page', async () => {
    const source = withLog(
      await stored(),
      [
        { kind: 'remove', rows: [[10, 14], 30] },
        { kind: 'relabel', rows: [2, 4, 30], to: 'dog' },
        { kind: 'move', rows: [1], part: 'test' },
      ],
      60,
    )
    const dataset = await openDataset(source)
    const everything = await readPage(dataset, {
      filter: { ...everySample, marks: [...sampleMarks] },
      order: sourceOrder,
      offset: 0,
      count: 1000,
    })
    expect(everything.total).toBeGreaterThan(10)
    const { all } = dataset
    const names = await all.names.at(range(60))
    const plain = Array.from({ length: 60 }, (_, row) => {
      const values = Array.from({ length: 6 }, (_value, at) => (row * 37 + at * (row % 11)) % 256)
      const mean = values.reduce((sum, value) => sum + value, 0) / 6
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6)
      const name = names[row] ?? ''
      const marks = marksOf(all.marks[row] ?? 0)
      return {
        row,
        values,
        mean,
        deviation,
        file: typeof name === 'string' ? name : name[0],
        at: typeof name === 'string' ? 0 : name[1],
        marks,
        part: storedParts[all.parts[row] ?? 0],
        class: all.labels[row] ?? 0,
      }
    })
    expect(plain[35]?.marks).toEqual(['duplicate', 'constant'])
    expect(plain[30]?.marks).toEqual(['duplicate', 'edited', 'removed'])
    const { compare } = new Intl.Collator('en', { numeric: true })
    await fc.assert(
      fc.asyncProperty(
        filters,
        orders,
        fc.nat(40),
        fc.integer({ min: 1, max: 30 }),
        async (filter, order, offset, count) => {
          const kept = plain.filter(
            (one) =>
              (filter.part === 'all' || one.part === filter.part) &&
              (filter.classes.length === 0 || filter.classes.includes(one.class)) &&
              (one.marks.includes('removed')
                ? filter.marks.includes('removed')
                : filter.marks.length === 0 || filter.marks.some((mark) => one.marks.includes(mark))) &&
              one.file.toLowerCase().includes(filter.text.toLowerCase()) &&
              (!filter.only || filter.only.includes(one.row)),
          )
          const sign = order.descending ? -1 : 1
          const { by } = order
          kept.sort((one, other) => {
            if (by === 'name') return sign * (compare(one.file, other.file) || one.at - other.at)
            if (by === 'mean' || by === 'deviation') {
              return sign * (Math.fround(one[by]) - Math.fround(other[by])) || one.row - other.row
            }
            if (by === 'class') return sign * (one.class - other.class) || one.row - other.row
            const given = by === 'given' && filter.only ? [...filter.only] : undefined
            return sign * (given ? given.indexOf(one.row) - given.indexOf(other.row) : one.row - other.row)
          })
          const rows = kept.map(({ row }) => row)
          expect([...(await readRows(dataset, { filter, order })).rows]).toEqual(rows)
          const page = await readPage(dataset, { filter, order, offset, count })
          const shown = kept.slice(offset, offset + count)
          expect(page.total).toBe(rows.length)
          expect([...page.rows]).toEqual(shown.map(({ row }) => row))
          expect(page.names).toEqual(shown.map(({ row }) => names[row]))
          expect([...page.pixels]).toEqual(shown.flatMap(({ values }) => values))
          expect([...page.labels]).toEqual(shown.map((one) => one.class))
          expect([...page.marks].map(marksOf)).toEqual(shown.map(({ marks }) => marks))
        },
      ),
      { numRuns: 200 },
    )
    dataset.close()
  })

  it('of a class that is not there are refused', async () => {
    const dataset = await openDataset(await stored())
    const request = { filter: { ...everySample, classes: [2] }, order: sourceOrder }
    expect(await appErrorOf(readRows(dataset, request))).toMatchObject({ code: 'class-unknown' })
    dataset.close()
  })

  it('whose names are damaged are refused, and the file is named', async () => {
    const source = await stored()
    const file = join(folder.path, 'set', 'names.jsonl')
    for (const [content, message] of [
      ['"a"\n', /1 lines, expected are 60/],
      [`${'"a"\n'.repeat(59)}{}\n`, /line 60/],
      ['"a"\n'.repeat(60) + '"b', /expected are 60/],
    ] as const) {
      writeFileSync(file, content)
      const dataset = await openDataset(source)
      const page = readPage(dataset, { filter: everySample, order: sourceOrder, offset: 0, count: 100 })
      const error = await appErrorOf(page)
      expect(error).toMatchObject({ code: 'dataset-damaged', params: { path: file } })
      expect(error.message).toMatch(message)
      dataset.close()
    }
  })
})
