import { ImportSettings, usualImport, usualSpectrogram } from '@shared/data/import'
import { describe, expect, it } from 'vitest'
import { draftOf, settingsOf, type ImportDraft } from './import-draft'

const own: ImportSettings = {
  ...usualImport,
  title: 'Animals',
  as: 'sounds',
  classFolders: 'topmost',
  labelPattern: '^(a)',
  groupPattern: '^(b)',
  size: [20, 30],
  channels: 3,
  rate: 16_000,
  seconds: 0.5,
  hop: 0.25,
  rest: 'pad',
  soundChannels: 'stereo',
  spectrogram: { bands: 'linear', count: 32, window: 20, hop: 5, range: 60 },
  resize: 'fill',
  frames: 'all',
  slices: true,
  volumeSize: [8, 16, 32],
  volumeFit: 'center',
  partFolders: 'classes',
  normalize: false,
  validationShare: 0.1,
  testShare: 0.2,
  seed: 7,
}

describe('a form of import settings', () => {
  it.each([
    ['the usual ones', usualImport],
    ['others', own],
  ])('gives back %s unchanged', (_name, settings) => expect(settingsOf(draftOf(settings), settings)).toEqual(settings))

  it.each<[string, Partial<ImportDraft>, Partial<ImportSettings>]>([
    ['one side makes squares', { height: 9 }, { size: [9, 9] }],
    ['the other one too', { width: 9 }, { size: [9, 9] }],
    ['grey', { channels: '1' }, { channels: 1 }],
    ['blank patterns are none', { labelPattern: '  ', groupPattern: '' }, { labelPattern: null, groupPattern: null }],
    ['percent are a share', { test: 12.5, validation: 2.5 }, { testShare: 0.125, validationShare: 0.025 }],
    ['one side of volumes makes cubes', { rows: 28 }, { volumeSize: [28, 28, 28] }],
    ['two sides of volumes', { depth: 10, columns: 20 }, { volumeSize: [10, 10, 20] }],
    ['pictures of sounds', { sounds: 'mel' }, { spectrogram: usualSpectrogram }],
    ['normalization', { normalize: 'on' }, { normalize: true }],
  ])('%s', (_name, change, expected) => {
    const settings = settingsOf({ ...draftOf(usualImport), ...change }, usualImport)
    expect(settings).toEqual({ ...usualImport, ...expected })
    expect(ImportSettings.safeParse(settings).success).toBe(true)
  })

  it.each(['height', 'width', 'depth', 'rows', 'columns', 'rate', 'seconds', 'hop', 'validation'])(
    'gives nothing while %s cannot be read',
    (field) => expect(settingsOf({ ...draftOf(own), [field]: undefined }, own)).toBeUndefined(),
  )
})

it('settings of an older import are the usual ones where they say nothing', () => {
  const { title, as, classFolders, labelPattern, groupPattern, size, channels, rate, seconds, testShare, seed } =
    usualImport
  const older = { title, as, classFolders, labelPattern, groupPattern, size, channels, rate, seconds, testShare, seed }
  expect(ImportSettings.parse(older)).toEqual(usualImport)
})
