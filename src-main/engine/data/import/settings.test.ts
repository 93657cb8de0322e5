import { describe, expect, it } from 'vitest'
import { usualSpectrogram, type ImportReport, type ImportSettings } from '@shared/data/import'
import { appErrorOf } from '../../testing/errors'
import { gifFile } from '../../testing/gif-file'
import { named, noise, picture, useImports, warned } from '../../testing/imports'
import { npyFile, wavFile } from '../../testing/plain-files'
import { spectrogramMaker } from '../sound/spectrogram'
import { openStored } from '../store/open-stored'
import { readRows } from '../../testing/stored-rows'

const { imported, sourceOf } = useImports()

const manifestOf = async ({ directory }: ImportReport) => (await openStored(directory)).manifest

describe('pictures', () => {
  it.each<[ImportSettings['resize'], number[]]>([
    ['fit', [9, 9, 9, 9, 9, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9]],
    ['fill', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['stretch', [9, 0, 0, 9, 9, 0, 0, 9, 9, 0, 0, 9, 9, 0, 0, 9]],
  ])('%s: other proportions', async (resize, expected) => {
    // Two rows of eight: black in the middle, and a border of which most is 9.
    const wide = picture(2, 8, [9, 9, 0, 0, 0, 0, 9, 9, 9, 9, 0, 0, 0, 0, 9, 9])
    const source = await sourceOf({ 'a/wide.pgm': wide, 'b/noise.pgm': noise(1, 4, 4) })
    const report = await imported(source, { resize, size: [4, 4], testShare: 0 })
    const [first] = await readRows(report.directory)
    expect(Array.from(first!, (value) => Math.round(value / 9) * 9)).toEqual(expected)
    expect((await manifestOf(report)).preprocessing.resize).toBe(resize === 'fit' ? undefined : resize)
  })

  it('are brought to mean 0 and deviation 1 by the training part alone where that is asked for', async () => {
    const source = await sourceOf({
      'train/a/1.ppm': picture(2, 2, [0, 10, 20, 60, 30, 40, 0, 10, 20, 60, 30, 40]),
      'train/b/2.ppm': picture(2, 2, [0, 10, 20, 60, 30, 40, 0, 10, 20, 60, 30, 40].reverse()),
      'test/a/3.ppm': picture(2, 2, new Array<number>(12).fill(255)),
    })
    expect((await manifestOf(await imported(source))).preprocessing.normalization).toBeUndefined()
    const { normalization } = (await manifestOf(await imported(source, { normalize: true }))).preprocessing
    const channels = [
      [0, 60, 0, 60, 40, 20, 40, 20],
      [10, 30, 10, 30, 30, 10, 30, 10],
      [20, 40, 20, 40, 60, 0, 60, 0],
    ].map((values) => values.map((value) => value / 255))
    for (const [n, values] of channels.entries()) {
      const mean = values.reduce((sum, value) => sum + value, 0) / 8
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 8
      expect(normalization?.mean[n]).toBeCloseTo(mean, 6)
      expect(normalization?.deviation[n]).toBeCloseTo(Math.sqrt(variance), 6)
    }
  })
})

describe('parts', () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`${n % 2 ? 'a' : 'b'}/s${n % 12}_${n}.pgm`, noise(n)]),
  )

  it('are drawn for validation too, of every class alike', async () => {
    const report = await imported(await sourceOf(files), { testShare: 0.2, validationShare: 0.25 })
    expect(report.classes).toEqual({
      a: { train: 18, validation: 6, test: 6 },
      b: { train: 18, validation: 6, test: 6 },
    })
  })

  it('share no group', async () => {
    const report = await imported(await sourceOf(files), {
      testShare: 0.25,
      validationShare: 0.25,
      groupPattern: '^(s\\d+)_',
    })
    const { positions } = await openStored(report.directory)
    const groupsOf = (part: 'train' | 'validation' | 'test') =>
      new Set([...positions(part)].map((n) => /s\d+/.exec(String(report.names[n]))?.[0]))
    const [train, validation, test] = [groupsOf('train'), groupsOf('validation'), groupsOf('test')]
    expect([train.size, validation.size, test.size]).toEqual([7, 2, 3])
    expect(new Set([...train, ...validation, ...test]).size).toBe(12)
  })

  it('of the source stay as they are', async () => {
    const source = await sourceOf({ 'train/a/1.pgm': noise(1), 'val/a/2.pgm': noise(2), 'test/a/3.pgm': noise(3) })
    const { classes } = await imported(source, { testShare: 0.9, validationShare: 0.9 })
    expect(classes).toEqual({ a: { train: 1, validation: 1, test: 1 } })
    const asClasses = await imported(source, { partFolders: 'classes', classFolders: 'topmost', testShare: 0 })
    expect(Object.keys(asClasses.classes)).toEqual(['test', 'train', 'val'])
  })
})

describe('sounds', () => {
  const ramp = (length: number, from: number) => Array.from({ length }, (_, n) => from + n)
  const sounds = () =>
    sourceOf({ 'a/long.wav': wavFile(100, [ramp(25, 100)]), 'b/short.wav': wavFile(100, [ramp(7, 1)]) })

  it.each<[string, Partial<ImportSettings>, [number, number][]]>([
    [
      'one after another',
      {},
      [
        [100, 109],
        [110, 119],
        [1, 0],
      ],
    ],
    [
      'overlapping',
      { hop: 0.05 },
      [
        [100, 109],
        [105, 114],
        [110, 119],
        [115, 124],
        [1, 0],
      ],
    ],
    [
      'with the rest filled up',
      { rest: 'pad' },
      [
        [100, 109],
        [110, 119],
        [120, 0],
        [1, 0],
      ],
    ],
    [
      'with gaps',
      { hop: 0.12 },
      [
        [100, 109],
        [112, 121],
        [1, 0],
      ],
    ],
  ])('are cut into windows %s', async (_what, settings, ends) => {
    const report = await imported(await sounds(), { seconds: 0.1, testShare: 0, ...settings })
    const rows = await readRows(report.directory)
    expect(report).toMatchObject({ kind: 'sounds', shape: [10, 1], samples: ends.length, used: 2 })
    expect(rows.map((row) => [row.at(0)! * 32768, row.at(-1)! * 32768])).toEqual(ends)
    expect((await manifestOf(report)).preprocessing).toMatchObject({ divisor: 1, sound: { rate: 100, length: 10 } })
  })

  it('keep both channels, or have none of their own', async () => {
    const stereo = wavFile(100, [ramp(4, 10), ramp(4, 50)])
    const source = await sourceOf({ 'a/stereo.wav': stereo, 'b/mono.wav': wavFile(100, [ramp(4, 90)]) })
    const report = await imported(source, { soundChannels: 'stereo', testShare: 0 })
    expect(report.shape).toEqual([4, 2])
    const rows = (await readRows(report.directory)).map((row) => Array.from(row, (value) => value * 32768))
    expect(rows).toEqual([
      [10, 50, 11, 51, 12, 52, 13, 53],
      [90, 90, 91, 91, 92, 92, 93, 93],
    ])
  })

  const chirp = (seed: number) =>
    Array.from({ length: 1000 }, (_, n) => Math.round(8000 * Math.sin(n * n * 1e-4 + seed)))

  it('become pictures of them, of each channel one', async () => {
    const [left, right] = [chirp(0), chirp(2)]
    const source = await sourceOf({ 'a/1.wav': wavFile(1000, [left, right]), 'b/2.wav': wavFile(1000, [chirp(3)]) })
    const spectrogram = { ...usualSpectrogram, count: 10, window: 60, hop: 20, range: 50 }
    const report = await imported(source, { spectrogram, soundChannels: 'stereo', testShare: 0 })
    expect(report).toMatchObject({ kind: 'sounds', shape: [10, 51, 2] })
    const { preprocessing } = await manifestOf(report)
    const form = preprocessing.sound!
    expect(form).toMatchObject({ rate: 1000, length: 1000, spectrogram: { size: 64, window: 60, hop: 20, range: 50 } })
    expect(preprocessing.normalization?.mean).toHaveLength(2)
    const make = spectrogramMaker(form.spectrogram!, 1000)
    const planes = [left, right].map((one) => make(Float32Array.from(one, (value) => value / 32768)).values)
    const [first] = await readRows(report.directory)
    expect(first).toHaveLength(10 * 51 * 2)
    for (const at of [0, 101, 512, 509]) {
      expect([first![2 * at], first![2 * at + 1]]).toEqual([planes[0]![at], planes[1]![at]])
    }
  })

  it('refuse a spectrogram that their rate has no room for', async () => {
    const source = await sourceOf({ 'a/1.wav': wavFile(1000, [chirp(0)]), 'b/2.wav': wavFile(1000, [chirp(1)]) })
    const order = imported(source, { spectrogram: { ...usualSpectrogram, count: 64, window: 60 } })
    expect((await appErrorOf(order)).code).toBe('spectrogram-bands')
  })
})

describe('volumes', () => {
  const cube = (depth: number, height: number, width: number, from = 0) =>
    npyFile(
      '|u1',
      [depth, height, width, 1],
      Uint8Array.from({ length: depth * height * width }, (_, n) => (from + n) & 255),
    )

  it.each<[ImportSettings['volumeFit'], Partial<ImportSettings>, number[], string[]]>([
    ['scale', {}, [4, 4, 4, 1], []],
    ['center', {}, [4, 4, 4, 1], []],
    ['skip', {}, [4, 4, 4, 1], ['b/3.npy: other-shape']],
    ['scale', { volumeSize: [2, 3, 5] }, [2, 3, 5, 1], []],
    ['skip', { volumeSize: [6, 4, 5] }, [6, 4, 5, 1], ['a/1.npy: other-shape', 'b/2.npy: other-shape']],
  ])('of several sizes: %s, %o', async (volumeFit, settings, shape, skipped) => {
    const source = await sourceOf({
      'a/1.npy': cube(4, 4, 4),
      'b/2.npy': cube(4, 4, 4, 99),
      'b/3.npy': cube(6, 4, 5, 7),
    })
    const report = await imported(source, { volumeFit, testShare: 0, ...settings })
    expect([report.kind, report.shape, named(report)]).toEqual(['volumes', shape, skipped])
    const rows = await readRows(report.directory)
    expect(rows).toHaveLength(3 - skipped.length)
    const kept = volumeFit === 'skip' ? undefined : volumeFit
    expect((await manifestOf(report)).preprocessing.volumeFit).toBe(kept)
    if (volumeFit === 'center') expect(Array.from(rows[2]!.slice(0, 4))).toEqual([27, 28, 29, 30])
  })

  it('have a 0 where a number is none, and bytes go with bytes alone', async () => {
    const odd = npyFile(
      '<f4',
      [5, 5, 5, 1],
      Float32Array.from({ length: 125 }, (_, n) => (n % 5 === 0 ? Number.NaN : n)),
    )
    const plain = npyFile(
      '<f4',
      [5, 5, 5, 1],
      Float32Array.from({ length: 125 }, (_, n) => n),
    )
    const report = await imported(await sourceOf({ 'a/1.npy': odd, 'b/2.npy': plain }), { testShare: 0 })
    expect(Array.from((await readRows(report.directory))[0]!.slice(0, 7))).toEqual([0, 1, 2, 3, 4, 0, 6])
    expect(warned(report)).toContain('not-numbers 1')
    // Far more files than are looked at before the form is decided: the floats among them are not seen.
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`a/${n}.npy`, cube(5, 5, 5, n)]))
    const mixed = await imported(await sourceOf({ ...files, 'a/4.npy': plain, 'b/1.npy': cube(5, 5, 5, 77) }))
    expect(named(mixed)).toEqual(['a/4.npy: other-type'])
  })

  it('are made of all frames of a file where these are asked for', async () => {
    const frame = (index: number) => ({ width: 5, height: 5, indices: new Array<number>(25).fill(index) })
    const film = (...indices: number[]) =>
      gifFile({
        width: 5,
        height: 5,
        palette: [0, 80, 160, 240].map((grey) => [grey, grey, grey] as const),
        frames: indices.map(frame),
      })
    const source = await sourceOf({ 'a/1.gif': film(1, 2, 3), 'b/2.gif': film(3, 2, 0) })
    const pictures = await imported(source)
    expect(pictures).toMatchObject({ kind: 'pictures', shape: [5, 5, 3] })
    expect(warned(pictures)).toContain('first-frame 2')
    for (const settings of [{ frames: 'all' }, { as: 'volumes' }] as const) {
      const report = await imported(source, { ...settings, testShare: 0 })
      expect(report).toMatchObject({ kind: 'volumes', shape: [3, 5, 5, 3] })
      const greys = (await readRows(report.directory)).map((row) => [0, 75, 150].map((at) => row[at]))
      expect(greys).toEqual([
        [80, 160, 240],
        [240, 160, 0],
      ])
    }
  })

  it('are what arrays of three axes are, where that is asked for', async () => {
    const thin = npyFile(
      '|u1',
      [6, 5, 3],
      Uint8Array.from({ length: 90 }, (_, n) => n),
    )
    const source = await sourceOf({ 'a/1.npy': thin, 'b/2.npy': thin })
    expect(await imported(source)).toMatchObject({ kind: 'pictures', shape: [6, 5, 3] })
    expect(await imported(source, { as: 'volumes' })).toMatchObject({ kind: 'volumes', shape: [6, 5, 3, 1] })
  })
})
