import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportPlan } from '@shared/data/import-plan'
import { usualImport, usualSpectrogram, type ImportReport, type ImportSettings } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import { command as run, type Setting } from '../testing/command-line'
import { fakeEngine } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'

const folder = useTemporaryFolder()

const report: Omit<ImportReport, 'directory'> = {
  kind: 'pictures',
  found: 4,
  used: 3,
  skipped: [
    { file: 'cat/broken.png', outcome: 'skipped', code: 'truncated', params: {} },
    { file: 'notes.txt', outcome: 'ignored', code: 'is-text', params: {} },
  ],
  warnings: [{ code: 'missing-in-test', params: { name: 'dog' } }],
  classes: { cat: { train: 1, validation: 0, test: 1 }, dog: { train: 1, validation: 0, test: 0 } },
  samples: 3,
  shape: [32, 32, 3],
  sizes: [{ shape: [32, 32, 3], count: 3 }],
  duplicates: 1,
  nearDuplicates: 0,
  acrossParts: 0,
  constant: 0,
  seconds: 1.23456,
}

async function importing(words: readonly string[], setting: Partial<Setting> = {}) {
  const home = await folder()
  const asked: unknown[] = []
  const engine = fakeEngine({
    importDataset(order) {
      asked.push(order)
      engine.newest().server.emit('importProgress', { id: order.id, done: 1, total: 4, seconds: 6, resumed: 0 })
      return { directory: order.directory, ...report }
    },
  })
  return { ...(await run(['import', ...words], { home, engine, ...setting })), asked }
}

describe('import', () => {
  it('gives the engine paths and settings, and prints one JSON object', async () => {
    const words = 'set more.zip --out made --json --size 32x48 --channels 1 --test 0.2 --seed 3 --as pictures'
    const { code, out, told, asked, home } = await importing(words.split(' '))
    expect(code).toBe(0)
    expect(asked).toEqual([
      {
        id: 'import',
        paths: [join(home, 'set'), join(home, 'more.zip')],
        directory: join(home, 'made'),
        settings: { ...usualImport, size: [32, 48], channels: 1, testShare: 0.2, seed: 3, as: 'pictures' },
      },
    ])
    expect(JSON.parse(out)).toEqual({
      found: 4,
      used: 3,
      skipped: [
        {
          file: 'cat/broken.png',
          outcome: 'skipped',
          code: 'truncated',
          reason: 'It is cut short: the end is missing.',
        },
      ],
      ignored: 1,
      warnings: ['Class “dog” has no sample to test on.'],
      classes: { cat: 2, dog: 1 },
      parts: report.classes,
      kind: 'pictures',
      samples: 3,
      shape: [32, 32, 3],
      sizes: report.sizes,
      duplicates: 1,
      nearDuplicates: 0,
      acrossParts: 0,
      constant: 0,
      seconds: 1.235,
      directory: join(home, 'made'),
    })
    expect(told).toContain('1 of 4 files')
  })

  it('tells people what came in, what did not, and what to look at', async () => {
    const { out, home } = await importing(['set', '--out', 'made'])
    expect(out.split('\n')).toEqual([
      '4 files found, 3 used, 1 skipped, 1 no data',
      '  cat/broken.png: It is cut short: the end is missing.',
      expect.stringMatching(`^3 samples of 32 × 32 × 3 in ${join(home, 'made')}, `),
      '  cat: 1 to learn from, 0 to validate, 1 to test',
      '  dog: 1 to learn from, 0 to validate, 0 to test',
      'Class “dog” has no sample to test on.',
      '',
    ])
  })

  it('tells what it would find and make, and makes nothing', async () => {
    const planned: ImportPlan = {
      kind: 'pictures',
      files: 1200,
      skipped: 2,
      endings: [
        { ending: '.jpg', count: 1199 },
        { ending: '', count: 1 },
      ],
      classes: { cat: { train: 800, validation: 0, test: 400 } },
      testDrawn: false,
      facts: {
        levels: [],
        parts: [{ folder: 'train', part: 'train', files: 800 }],
        classes: { nearest: { count: 1, examples: ['cat'] }, topmost: { count: 1, examples: ['cat'] } },
        sliceFolders: 0,
      },
      shape: [1024, 1024, 3],
      rate: null,
      samples: 1200,
      bytes: 3.1e9,
      room: { free: 1.2e9, size: 5e10 },
      smaller: [600, 600],
      warnings: [{ code: 'one-class', params: { name: 'cat' } }],
    }
    const asked: unknown[] = []
    const engine = fakeEngine({
      planImport(order) {
        asked.push(order)
        return planned
      },
    })
    const home = await folder()
    const { code, out } = await run(['import', 'set', '--out', 'made', '--plan'], { home, engine })
    expect(code).toBe(0)
    expect(asked).toEqual([{ paths: [join(home, 'set')], directory: join(home, 'made'), settings: usualImport }])
    expect(out.split('\n')).toEqual([
      '1,200 files to take in (.jpg 1,199, without ending 1), 2 to skip',
      '  cat: 800 to learn from, 0 to validate, 400 to test',
      'These folders are parts of the data, not classes: train.',
      'about 1,200 samples of 1024 × 1024 × 3',
      '3.1 GB on the disk, and only 1.2 GB are free: too little, since a disk is never filled up',
      '--size 600x600 would have room.',
      'There is only one class, “cat”: a network has nothing to tell apart.',
      '',
    ])
    const json = await run(['import', 'set', '--out', 'made', '--plan', '--json'], { home, engine })
    expect(JSON.parse(json.out)).toMatchObject({ fits: false, free: 1.2e9, bytes: 3.1e9, smaller: [600, 600] })
  })

  it('tells that it goes on with an interrupted import, and begins again where that is asked for', async () => {
    const asked: unknown[] = []
    const engine = fakeEngine({
      importDataset(order) {
        asked.push(order.anew)
        const told = { id: order.id, done: 3210, total: 10_000, seconds: 0.1, resumed: 3210 }
        engine.newest().server.emit('importProgress', told)
        return { directory: order.directory, ...report }
      },
    })
    const home = await folder()
    const { told } = await run(['import', 'set', '--out', 'made'], { home, engine })
    expect(told).toContain('Going on with an interrupted import: 3,210 of 10,000 files are done.')
    await run(['import', 'set', '--out', 'made', '--anew'], { home, engine })
    expect(asked).toEqual([undefined, true])
  })

  it.each<[string, Partial<ImportSettings>]>([
    ['--resize fill --normalize --validation 0.1', { resize: 'fill', normalize: true, validationShare: 0.1 }],
    ['--frames all --no-normalize', { frames: 'all', normalize: false }],
    [
      '--slices --volume-size 8x16x32 --volume-fit center',
      { slices: true, volumeSize: [8, 16, 32], volumeFit: 'center' },
    ],
    [
      '--seconds 2 --hop 0.5 --rest pad --sound-channels stereo',
      { seconds: 2, hop: 0.5, rest: 'pad', soundChannels: 'stereo' },
    ],
    ['--spectrogram linear', { spectrogram: { ...usualSpectrogram, bands: 'linear' } }],
    [
      '--spectrogram-bands 40 --spectrogram-window 25 --spectrogram-hop 10 --spectrogram-range 60',
      { spectrogram: { bands: 'mel', count: 40, window: 25, hop: 10, range: 60 } },
    ],
    ['--part-folders classes --class-folders topmost', { partFolders: 'classes', classFolders: 'topmost' }],
  ])('takes %s', async (words, settings) => {
    const { code, asked } = await importing(['set', '--out', 'made', ...words.split(' ')])
    expect(code).toBe(0)
    expect(asked).toMatchObject([{ settings: { ...usualImport, ...settings } }])
  })

  it.each([
    ['no folder to make', ['set'], '--out'],
    ['no source', ['--out', 'made'], 'path'],
    ['a size that is none', ['set', '--out', 'made', '--size', '32'], '32x48'],
    ['an unknown kind', ['set', '--out', 'made', '--as', 'films'], 'pictures, sounds, volumes'],
    ['a share beyond reason', ['set', '--out', 'made', '--test', '2'], '0.9'],
    ['a size of volumes that is none', ['set', '--out', 'made', '--volume-size', '28x28'], '28x28x28'],
    ['a mode that is none', ['set', '--out', 'made', '--resize', 'crop'], 'fit, fill, stretch'],
    ['a number of channels that is none', ['set', '--out', 'made', '--channels', '2'], '1, 3'],
  ])('refuses %s', async (_what, words, complaint) => {
    const { code, told, asked } = await importing(words)
    expect([code, asked]).toEqual([2, []])
    expect(told).toContain(complaint)
  })

  it('tells why nothing came in', async () => {
    const engine = fakeEngine({
      importDataset() {
        throw new AppError('import-no-classes', { file: 'a.png', count: 2 })
      },
    })
    const { code, told } = await run(['import', 'set', '--out', 'made'], { home: await folder(), engine })
    expect(code).toBe(1)
    expect(told).toContain('Nothing tells the classes of 2 files (a.png, …).')
  })
})
