import { chmod, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usualImport, usualSpectrogram, type ImportReport, type ImportSettings } from '@shared/data/import'
import { asOrdinaryUser } from '../../../testing/ordinary-user'
import { appErrorOf } from '../../testing/errors'
import { counts, many, named, noise, picture, useImports, warned } from '../../testing/imports'
import { outsideData } from '../../testing/outside-data'
import { openDataset } from '../dataset'
import { openStored } from '../store/open-stored'
import { importDataset } from './import'

const { folder, imported, sourceOf } = useImports()

/** Whether a data set says that its test part is the source's own. */
async function bringsTest({ directory }: ImportReport): Promise<boolean> {
  const dataset = await openDataset({ kind: 'stored', title: '', directory })
  dataset.close()
  return dataset.summary.ownTest
}

describe('an import', () => {
  it('makes a data set of class folders, and its numbers add up', async () => {
    const source = await sourceOf({
      ...many('cat', 0, 10),
      ...many('dog', 100, 10),
      'cat/broken.pgm': noise(1).subarray(0, 30),
      'dog/empty.pgm': '',
      'dog/notes.txt': 'nothing to see',
      'cat/.DS_Store': 'litter',
    })
    const report = await imported(source)
    expect(report).toMatchObject({
      kind: 'pictures',
      found: 22,
      used: 20,
      samples: 20,
      shape: [8, 8, 1],
      duplicates: 0,
    })
    expect(named(report)).toEqual(['cat/broken.pgm: truncated', 'dog/empty.pgm: empty'])
    expect(report.found).toBe(report.used + named(report).length)
    expect(
      report.skipped
        .filter(({ outcome }) => outcome === 'ignored')
        .map(({ file }) => file)
        .sort(),
    ).toEqual(['cat/.DS_Store', 'dog/notes.txt'])
    expect(counts(report)).toEqual({ cat: 10, dog: 10 })
  })

  it('keeps values as they are where nothing has to be changed, and names each sample', async () => {
    const source = await sourceOf({ ...many('a', 0, 4), ...many('b', 50, 4) })
    const report = await imported(source)
    const dataset = await openDataset({ kind: 'stored', title: '', directory: report.directory })
    try {
      expect([dataset.train.count, dataset.test.count]).toEqual([7, 1])
    } finally {
      dataset.close()
    }
    const stored = await openStored(report.directory)
    const bytes = await readFile(stored.samples.path)
    const third = bytes.subarray(stored.samples.offset + 2 * 64, stored.samples.offset + 3 * 64)
    expect(report.names[2]).toBe('a/2.pgm')
    expect([...third]).toEqual([...noise(2).subarray(-64)])
  })

  it('brings pictures of many sizes and colours to one', async () => {
    const red = picture(
      4,
      6,
      Array.from({ length: 72 }, (_, n) => (n % 3 === 0 ? 200 : n % 7)),
    )
    const source = await sourceOf({ 'a/grey.pgm': noise(1, 8, 8), 'a/red.ppm': red, 'b/wide.pgm': noise(2, 5, 20) })
    const report = await imported(source, { size: [10, 12] })
    expect(report.shape).toEqual([10, 12, 3])
    expect(report.sizes).toHaveLength(3)
    expect(warned(report)).toContain('mixed-sizes 3')
    expect((await imported(source, { size: [4, 4], channels: 1 })).shape).toEqual([4, 4, 1])
  })

  it('reads parts from folders and tells what one lacks', async () => {
    const source = await sourceOf({
      ...many('train/cat', 0, 5),
      ...many('train/dog', 10, 5),
      ...many('val/cat', 20, 2),
      ...many('val/dog', 30, 1),
      ...many('test/cat', 40, 3),
    })
    const report = await imported(source)
    expect(report.classes).toEqual({
      cat: { train: 5, validation: 2, test: 3 },
      dog: { train: 5, validation: 1, test: 0 },
    })
    expect(warned(report)).toEqual(['missing-in-test dog'])
    expect(await bringsTest(report)).toBe(true)
  })

  it('takes classes from a table of labels, wherever it names the files', async () => {
    const files = { 'pictures/1.pgm': noise(1), 'pictures/2.pgm': noise(2), 'pictures/3.pgm': noise(3) }
    const source = await sourceOf({ ...files, 'labels.csv': 'filename,label\n1.pgm,yes\n2.pgm,no\n9.pgm,no\n' })
    const report = await imported(source)
    expect(counts(report)).toEqual({ no: 1, yes: 1 })
    expect(named(report)).toEqual(['pictures/3.pgm: not-in-table'])
  })

  it('takes classes from names by a pattern', async () => {
    const source = await sourceOf({
      'cat_1.pgm': noise(1),
      'dog_1.pgm': noise(2),
      'cat_2.pgm': noise(3),
      'x.pgm': noise(4),
    })
    const report = await imported(source, { labelPattern: '^([a-z]+)_' })
    expect(counts(report)).toEqual({ cat: 2, dog: 1 })
    expect(named(report)).toEqual(['x.pgm: pattern-differs'])
  })

  it('sets a share of every class aside by the seed, or whole groups', async () => {
    const source = await sourceOf({ ...many('a', 0, 20), ...many('b', 100, 10) })
    const report = await imported(source, { testShare: 0.2, seed: 7 })
    expect(Object.values(report.classes).map(({ test }) => test)).toEqual([4, 2])
    expect(await bringsTest(report)).toBe(false)
    const again = await imported(source, { testShare: 0.2, seed: 7 })
    const parts = async ({ directory }: ImportReport) => [...(await openStored(directory)).positions('test')]
    expect(await parts(again)).toEqual(await parts(report))
    expect(await parts(await imported(source, { testShare: 0.2, seed: 8 }))).not.toEqual(await parts(report))

    const subjects = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`${n % 2 ? 'a' : 'b'}/s${n % 8}_${n}.pgm`, noise(n)]),
    )
    const grouped = await imported(await sourceOf(subjects), { groupPattern: '^(s\\d+)_', testShare: 0.25 })
    const test = new Set(await parts(grouped))
    const subject = (name: unknown) => /s\d+/.exec(String(name))?.[0]
    const inTest = new Set([...test].map((n) => subject(grouped.names[n])))
    const inTrain = new Set(grouped.names.filter((_, n) => !test.has(n)).map(subject))
    expect([...inTest].filter((one) => inTrain.has(one))).toEqual([])
    expect(test.size).toBe(10)
  })

  it('learns from a test part that comes alone, and says that its test was drawn', async () => {
    const source = await sourceOf({ ...many('test/a', 0, 20), ...many('test/b', 100, 10) })
    const report = await imported(source, { testShare: 0.2 })
    expect(report.classes).toEqual({
      a: { train: 16, validation: 0, test: 4 },
      b: { train: 8, validation: 0, test: 2 },
    })
    expect(await bringsTest(report)).toBe(false)
  })

  it('finds duplicates, across parts too, and samples of one value', async () => {
    const source = await sourceOf({
      'train/a/1.pgm': noise(1),
      'train/a/2.pgm': noise(2),
      'train/b/3.pgm': noise(3),
      'train/b/4.pgm': picture(8, 8, new Array<number>(64).fill(9)),
      'test/a/5.pgm': noise(1),
      'test/b/6.pgm': noise(2),
    })
    const report = await imported(source)
    expect(report).toMatchObject({ duplicates: 2, acrossParts: 2, constant: 1 })
    expect(warned(report)).toEqual(expect.arrayContaining(['across-parts 2', 'contradictions 1', 'constant 1']))
  })

  it('keeps names of any script, long ones too, and goes on where files cannot be opened', async () => {
    const long = 'x'.repeat(200)
    const source = await sourceOf({
      'Zażółć gęślą/猫 🐈.pgm': noise(1),
      [`b with space/${long}.pgm`]: noise(2),
      'b with space/3.pgm': noise(3),
    })
    await symlink(join(source, 'nowhere'), join(source, 'b with space', 'gone.pgm'))
    await symlink(source, join(source, 'b with space', 'loop'))
    const report = await imported(source)
    expect(report.names).toEqual(expect.arrayContaining(['Zażółć gęślą/猫 🐈.pgm', `b with space/${long}.pgm`]))
    expect(named(report)).toEqual(['b with space/gone.pgm: gone'])
    expect(report.used).toBe(3)
  })

  it.skipIf(process.platform === 'win32')('tells of files and folders that may not be read', async () => {
    const source = await sourceOf({
      'a/1.pgm': noise(1),
      'b/2.pgm': noise(2),
      'b/3.pgm': noise(3),
      'c/4.pgm': noise(4),
    })
    await chmod(join(source, 'b/3.pgm'), 0)
    await chmod(join(source, 'c'), 0)
    const place = await folder()
    const order = { paths: [source], directory: join(place, 'made'), settings: usualImport }
    const report = await asOrdinaryUser([dirname(source), place], () => importDataset(order))
    expect(named(report)).toEqual(['b/3.pgm: not-permitted', 'c: not-permitted'])
    expect(report).toMatchObject({ found: 4, used: 2 })
  })

  it('goes on where files vanish or change meanwhile', async () => {
    const source = await sourceOf({ ...many('a', 0, 40), ...many('b', 100, 40) })
    const directory = join(await folder(), 'made')
    const importing = importDataset({ paths: [source], directory, settings: usualImport })
    await rm(join(source, 'b', '39.pgm'))
    await writeFile(join(source, 'b', '38.pgm'), 'no picture any more')
    const report = await importing
    expect(report.found).toBe(report.used + named(report).length)
    expect(report.used).toBeGreaterThanOrEqual(78)
  })

  it('leaves nothing behind when it is given up', async () => {
    const source = await sourceOf({ ...many('a', 0, 30), ...many('b', 100, 30) })
    const place = await folder()
    const cancel = new AbortController()
    const importing = importDataset(
      { paths: [source], directory: join(place, 'made'), settings: usualImport },
      { signal: cancel.signal, progress: () => cancel.abort() },
    )
    cancel.abort()
    await expect(importing).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(place)).toEqual([])
  })

  it.each([
    ['a path that is not there', {}, {}, 'file-missing'],
    ['an empty folder', { '.keep': '' }, {}, 'import-nothing'],
    ['texts alone', { 'a/1.txt': 'x', 'b/2.txt': 'y' }, {}, 'import-nothing'],
    ['pictures without a class', { '1.pgm': noise(1), '2.pgm': noise(2) }, {}, 'import-no-classes'],
    ['what is no data, and without a class', { '1.dat': 'x\0y', '2.dat': 'P5' }, {}, 'import-nothing'],
    ['files that are damaged', { 'a/1.pgm': 'P5', 'b/2.pgm': 'P5' }, {}, 'import-nothing'],
    ['a pattern that is none', { '1.pgm': noise(1) }, { labelPattern: '(' }, 'import-pattern'],
    ['a pattern that fits none', { '1.pgm': noise(1) }, { labelPattern: '^z(.)' }, 'import-pattern-matches-none'],
    [
      'another kind than is asked for',
      { 'a/1.pgm': noise(1), 'b/2.pgm': noise(2) },
      { as: 'sounds' },
      'import-nothing',
    ],
  ] as const)('refuses %s, and makes no folder', async (_what, files, settings, code) => {
    const source = await sourceOf(files)
    const place = await folder()
    const order = { paths: [source], directory: join(place, 'made'), settings: { ...usualImport, ...settings } }
    expect((await appErrorOf(importDataset(order))).code).toBe(code)
    expect(await readdir(place)).toEqual([])
  })
})

const awkward = outsideData('awkward')
describe.skipIf(awkward.missing)('the awkward sets', () => {
  const at = (name: string) => join(awkward.path, name)

  it.each([
    ['sets/nested_classes', { cats: 4, dogs: 4, ships: 4 }, [], []],
    ['sets/single_class', { only: 5 }, [], ['one-class only']],
    ['sets/empty_class', { full: 3 }, [], ['one-class full', 'empty-class empty']],
    ['sets/mixed_sizes', { a: 5, b: 6 }, [], ['mixed-sizes 6']],
    [
      'sets/loose_and_folders',
      { cat: 3, dog: 3 },
      ['loose_0.png: no-class', 'loose_1.png: no-class', 'loose_2.png: no-class'],
      ['no-class 3'],
    ],
    ['sets/train_test_layout', { bird: 4, cat: 6, dog: 6 }, [], ['missing-in-test bird']],
    ['sets/duplicates', { cat: 3, dog: 2 }, [], ['contradictions 1', 'duplicates 2']],
    ['sets/with_bad_files', { cat: 3, dog: 3 }, ['cat/broken.png: truncated', 'dog/empty.jpg: empty'], []],
    ['archives/classes_with_macosx.zip', { cat: 2, dog: 1 }, [], []],
    [
      'archives/zip_slip.zip',
      { cat: 1 },
      ['../../escaped.png: path-escapes', '/tmp/absolute_escaped.png: path-escapes'],
      ['one-class cat'],
    ],
  ])('%s', async (name, classes, skipped, warnings) => {
    const report = await imported(at(name))
    expect(counts(report)).toEqual(classes)
    expect(named(report)).toEqual(skipped)
    expect(warned(report)).toEqual(expect.arrayContaining(warnings))
  })

  it('come in as arrays with their labels', async () => {
    for (const csv of ['kaggle_digits', 'label_last', 'no_header']) {
      const { samples, shape, classes } = await imported(at(`data/csv/${csv}.csv`))
      expect([csv, samples, shape]).toEqual([csv, 30, [28, 28, 1]])
      expect(Object.keys(classes)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '9'])
    }
    expect(await imported(at('data/idx'))).toMatchObject({ found: 2, used: 2, samples: 30, shape: [28, 28, 1] })
    expect(await imported(at('data/idx_gz'))).toMatchObject({ samples: 30, shape: [28, 28, 1] })
    expect(await imported(at('data/npy/keras_style.npz'))).toMatchObject({ found: 1, used: 1, shape: [28, 28, 1] })
    expect(await imported(at('data/volumes_npz'))).toMatchObject({
      kind: 'volumes',
      samples: 12,
      shape: [28, 28, 28, 1],
    })
  })

  it.each<[string, Partial<ImportSettings>, number]>([
    ['as pictures', { size: [16, 16] }, 50],
    ['as pictures of sounds', { as: 'sounds', rate: 8000, spectrogram: { ...usualSpectrogram, count: 20 } }, 15],
    ['as volumes', { as: 'volumes', volumeSize: [8, 8, 8] }, 10],
    ['as folders of slices', { slices: true, volumeSize: [8, 8, 8] }, 10],
  ])(
    'as a whole neither crash it nor make its numbers disagree, %s',
    { timeout: 120_000 },
    async (_as, settings, least) => {
      const report = await imported(awkward.path, settings)
      expect(report.found).toBe(report.used + named(report).length)
      expect(report.used).toBeGreaterThan(least)
    },
  )
})

const cifar = outsideData('cifar10')
describe.skipIf(cifar.missing)('CIFAR-10', () => {
  it('gives the same pixels from its batches and from class folders', { timeout: 120_000 }, async () => {
    const paths = ['data_batch_1.bin', 'test_batch.bin', 'batches.meta.txt'].map((name) => join(cifar.path, name))
    const batches = await imported(paths)
    expect(batches).toMatchObject({ found: 2, used: 2, samples: 20_000, shape: [32, 32, 3] })
    expect(Object.keys(batches.classes)).toContain('airplane')
    // The first pictures of a batch as files: three planes become pixels.
    const records = (await readFile(join(cifar.path, 'test_batch.bin'))).subarray(0, 50 * 3073)
    const names = (await readFile(join(cifar.path, 'batches.meta.txt'), 'utf8')).split('\n')
    const files = Array.from({ length: 50 }, (_, n) => {
      const record = records.subarray(n * 3073, (n + 1) * 3073)
      const pixels = Array.from({ length: 3072 }, (_, at) => record[1 + (at % 3) * 1024 + Math.floor(at / 3)] ?? 0)
      return [`${names[record[0] ?? 0]}/${n}.ppm`, picture(32, 32, pixels)] as const
    })
    const folders = await imported(await sourceOf(Object.fromEntries(files)))
    expect(folders.shape).toEqual([32, 32, 3])
    const rows = async ({ directory }: ImportReport) => {
      const { samples, labels, manifest } = await openStored(directory)
      const bytes = (await readFile(samples.path)).subarray(samples.offset)
      return Array.from(labels, (label, n) => {
        const row = bytes.subarray(n * samples.rowBytes, (n + 1) * samples.rowBytes)
        return `${manifest.classes[label]} ${row.toString('base64')}`
      })
    }
    const known = new Set(await rows(batches))
    const found = (await rows(folders)).filter((row) => known.has(row))
    expect([folders.samples, found.length]).toEqual([50, 50])
  })
})
