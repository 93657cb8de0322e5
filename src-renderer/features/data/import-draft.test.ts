import { ImportSettings, usualImport } from '@shared/data/import'
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
    ['percent are a share', { test: 12.5 }, { testShare: 0.125 }],
  ])('%s', (_name, change, expected) => {
    const settings = settingsOf({ ...draftOf(usualImport), ...change }, usualImport)
    expect(settings).toEqual({ ...usualImport, ...expected })
    expect(ImportSettings.safeParse(settings).success).toBe(true)
  })

  it.each(['height', 'width', 'rate', 'seconds'])('gives nothing while %s cannot be read', (field) =>
    expect(settingsOf({ ...draftOf(own), [field]: undefined }, own)).toBeUndefined(),
  )
})
