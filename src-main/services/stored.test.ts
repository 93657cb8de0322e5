import { describe, expect, it } from 'vitest'
import { AppSettings, initialSettings } from '@shared/project/settings'
import { fakeLog } from '../testing/fake-engine'
import { createSettings } from './settings'
import { memoryShelf, stored } from './stored'

const dark: AppSettings = { theme: 'dark', language: 'ru', layout: { inspector: 320 } }

describe('a stored value', () => {
  it.each([
    ['nothing', undefined, initialSettings, 0],
    ['an empty file', {}, initialSettings, 0],
    ['what was written', dark, dark, 0],
    ['an unknown theme', { ...dark, theme: 'sepia' }, initialSettings, 1],
    ['half of it', { theme: 'dark' }, initialSettings, 1],
    ['more than it', { ...dark, extra: 1 }, dark, 0],
  ])('from a shelf with %s', (_what, content, expected, warnings) => {
    const log = fakeLog()
    const kept = stored(memoryShelf(content), AppSettings, initialSettings, 'settings.json', log)
    expect([kept.read(), kept.read()]).toEqual([expected, expected])
    expect(log.lines).toHaveLength(warnings)
  })

  it('is there at the next start', () => {
    const shelf = memoryShelf()
    stored(shelf, AppSettings, initialSettings, 'settings.json', fakeLog()).write(dark)
    expect(stored(shelf, AppSettings, initialSettings, 'settings.json', fakeLog()).read()).toEqual(dark)
  })
})

describe('settings', () => {
  it('are kept, and told to who follows them', () => {
    const settings = createSettings(stored(memoryShelf(), AppSettings, initialSettings, 'settings.json', fakeLog()))
    const themes: string[] = []
    const stop = settings.onChange(({ theme }) => themes.push(theme))
    expect(settings.write(dark)).toEqual(dark)
    stop()
    settings.write(initialSettings)
    expect([settings.read(), themes]).toEqual([initialSettings, ['dark']])
  })
})
