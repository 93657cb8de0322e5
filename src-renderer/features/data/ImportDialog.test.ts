import { usualImport, usualSpectrogram, type ImportSettings } from '@shared/data/import'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { importPlan } from '@/stores/testing/import-record'
import ImportDialog from './ImportDialog.vue'

const picked = { paths: ['/files/animals'] }

async function show(kind: ImportSettings['as'], own: Partial<ImportSettings> = {}) {
  installFakeBridge({ planImport: () => importPlan() })
  const pinia = createPinia()
  setActivePinia(pinia)
  const done: unknown[] = []
  const order = { ...picked, settings: { ...usualImport, ...own } }
  const props = { open: true, order, kind, onDone: (one: unknown) => done.push(one) }
  mount(() => h(TooltipProvider, () => h(ImportDialog, props)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  return done
}

const titles = () => [...document.querySelectorAll('[role="group"] h3')].map((one) => one.textContent.trim())
const labels = () => [...document.querySelectorAll('.pw-field__label')].map((one) => one.textContent.trim())
const control = (label: string) => {
  const own = [...document.querySelectorAll('.pw-field__label')].find((one) => one.textContent.trim() === label)
  return document.getElementById(own?.getAttribute('for') ?? '')
}
async function press(element: Element | null | undefined) {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await flushPromises()
}
const importButton = () => [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Import')

beforeEach(() => {
  i18n.global.locale.value = 'en'
})
enableAutoUnmount(afterEach)

describe('the dialog of import settings', () => {
  const always = ['Files and classes', 'Parts and values']
  it.each<[ImportSettings['as'], Partial<ImportSettings>, string[]]>([
    [null, {}, ['Pictures', 'Volumes', 'Sounds']],
    ['pictures', {}, ['Pictures']],
    ['pictures', { slices: true }, ['Pictures', 'Volumes']],
    ['pictures', { frames: 'all' }, ['Pictures', 'Volumes']],
    ['sounds', {}, ['Sounds']],
    ['volumes', {}, ['Volumes']],
    ['pictures', { as: 'sounds' }, ['Sounds']],
  ])('of %s with %o shows what matters', async (kind, own, sections) => {
    await show(kind, own)
    expect(titles()).toEqual([...always, ...sections])
  })

  it.each<[string, ImportSettings['spectrogram'], string[]]>([
    ['waves', null, []],
    ['mel spectrograms', usualSpectrogram, ['Bands', 'Spectrum of', 'Column every', 'Range']],
    ['linear spectrograms', { ...usualSpectrogram, bands: 'linear' }, ['Spectrum of', 'Column every', 'Range']],
  ])('asks of %s only what they need', async (_what, spectrogram, asked) => {
    await show('sounds', { spectrogram })
    const all = ['Bands', 'Spectrum of', 'Column every', 'Range']
    expect(labels().filter((label) => all.includes(label))).toEqual(asked)
  })

  it('gives what was set, and all else as it was', async () => {
    const own = { title: 'Animals', rest: 'pad', spectrogram: usualSpectrogram } as const
    const done = await show('pictures', own)
    await press(control('Folders are volumes'))
    await press(control('All frames'))
    await press(importButton())
    expect(done).toEqual([{ ...picked, settings: { ...usualImport, ...own, slices: true, frames: 'all' } }])
  })
})
