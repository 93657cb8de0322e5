import type { ImportReport } from '@shared/data/import'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { importRecord, importReport } from '@/stores/testing/import-record'
import { digits } from '@/stores/testing/samples'
import ImportReportPanel from './ImportReportPanel.vue'

function show(part: Partial<ImportReport> = {}) {
  const bridge = installFakeBridge({
    importFiles: () => importReport(),
    openDataset: () => digits(),
    readImport: () => importRecord(),
    readSourceFile: () => ({
      size: 13,
      inArchive: false,
      closed: false,
      whole: true,
      bytes: new TextEncoder().encode('not a picture'),
    }),
    showSourceFile: () => ({}),
    saveText: () => '/somewhere/skipped-files.csv',
  })
  const asked: string[] = []
  const pinia = createPinia()
  setActivePinia(pinia)
  const record = importRecord(part)
  const listeners = {
    onFlag: (flag: string) => asked.push(`flag ${flag}`),
    onClass: (name: string) => asked.push(`class ${name}`),
  }
  const shown = mount(() => h(TooltipProvider, () => h(ImportReportPanel, { record, ...listeners })), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  return { bridge, asked, shown, text: () => shown.text().replace(/\s+/g, ' ') }
}

const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name))

beforeEach(() => {
  i18n.global.locale.value = 'en'
})
enableAutoUnmount(afterEach)
afterEach(() => vi.restoreAllMocks())

describe('the report of an import', () => {
  it('adds up, and names what was skipped with why', () => {
    const { text } = show()
    expect(text()).toContain('1,302 files found = 1,300 used + 2 skipped')
    expect(text()).toContain('1,300 samples of 32 × 48 × 3, made in 2.5 sec. One more file is no data.')
    expect(text()).toContain('2 files skipped')
    expect(text()).toContain('It is damaged: cut short1')
    expect(text()).toContain('Its name leads out of the archive.1')
    expect(text()).toContain('Samples equal to an earlier one: 3.')
    expect(text()).toMatch(/Equal\s*3.*Alike\s*5.*Across parts\s*1.*Blank\s*0/)
  })

  it('draws how many files came in each size, the rare ones together', () => {
    const sizes = Array.from({ length: 10 }, (_value, n) => ({ shape: [n + 1, 4, 1], count: 10 - n }))
    const bars = show({ sizes })
      .shown.findAll('.pw-bars[aria-label="Sizes of the files"] li')
      .map((bar) => bar.text())
    expect(bars).toHaveLength(8)
    expect(bars[0]).toMatch(/1 × 4.*10/s)
    expect(bars[7]).toMatch(/others.*6/s)
  })

  it('shows the skipped files of a reason, one of them as far as it can be read, and saves their list', async () => {
    const { bridge } = show()
    useDatasetStore().source = { kind: 'stored', title: 'animals', directory: '/project/data/0001' }
    button('Its name leads out')?.click()
    await flushPromises()
    const dialog = document.querySelector('[role=dialog]')
    expect(dialog?.textContent).toContain('2 files')
    expect(bridge.named('readSourceFile')).toEqual([{ directory: '/project/data/0001', file: 'dogs/link' }])
    expect(dialog?.textContent).toContain('How the file begins, as text')
    expect(dialog?.querySelector('pre')?.textContent).toBe('not a picture')
    button('Show in file manager')?.click()
    await flushPromises()
    expect(bridge.named('showSourceFile')).toEqual([{ directory: '/project/data/0001', file: 'dogs/link' }])
    button('Save the list…')?.click()
    await flushPromises()
    const [saved] = bridge.named('saveText') as { text: string }[]
    expect(saved?.text.split('\r\n')).toEqual([
      'File,Outcome,Reason,Code',
      'cats/cut.png,skipped,It is damaged: cut short,damaged',
      'dogs/link,refused,Its name leads out of the archive.,path-escapes',
      '',
    ])
  })

  it.each([
    ['a sound', { bytes: new TextEncoder().encode('RIFF\x24\0\0\0WAVEfmt ') }, 'What can still be heard of it', true],
    ['a long sound', { whole: false, bytes: new TextEncoder().encode('fLaC') }, 'too large to be played here', false],
    ['a closed entry', { closed: true, bytes: new Uint8Array() }, 'does not unpack this entry', false],
  ])('shows of %s what there is', async (_what, part, note, heard) => {
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:sound')
    const { bridge } = show()
    bridge.answers.readSourceFile = () => ({ size: 16, inArchive: true, closed: false, whole: true, ...part })
    useDatasetStore().source = { kind: 'stored', title: 'animals', directory: '/project/data/0001' }
    button('Its name leads out')?.click()
    await flushPromises()
    const dialog = document.querySelector('[role=dialog]')
    expect(dialog?.textContent).toContain(note)
    const audio = dialog?.querySelector('audio')
    expect(audio?.getAttribute('src')).toBe(heard ? 'blob:sound' : undefined)
    if (!audio) return
    audio.dispatchEvent(new Event('error'))
    await flushPromises()
    expect(dialog?.textContent).toContain('can make no sound of it either')
    expect(dialog?.querySelector('pre')?.textContent).toContain('52 49 46 46')
  })

  it('leads to the samples that a line counts', async () => {
    const { asked } = show()
    button('Across parts')?.click()
    button('Blank')?.click()
    button('cats')?.click()
    expect(asked).toEqual(['flag across-parts', 'class cats'])
  })

  it('says nothing of look-alikes among sounds', () => {
    expect(show({ kind: 'sounds', shape: [8000, 1] }).text()).not.toContain('Alike')
  })

  it('imports again with other settings, and not with numbers that cannot be read', async () => {
    const { bridge } = show()
    button('Import again…')?.click()
    await flushPromises()
    const dialog = document.querySelector('[role=dialog]')
    const field = (label: string) => {
      const id = [...(dialog?.querySelectorAll('label') ?? [])].find((one) => one.textContent.trim() === label)?.htmlFor
      return document.getElementById(id ?? '') as HTMLInputElement
    }
    const type = async (label: string, text: string) => {
      field(label).value = text
      field(label).dispatchEvent(new Event('input'))
      await flushPromises()
    }
    expect(dialog?.textContent).not.toContain('Sampling rate')
    await type('Height', '4.5')
    expect(dialog?.querySelector('[role=alert]')).not.toBeNull()
    const go = [...(dialog?.querySelectorAll('button') ?? [])].find((one) => one.textContent.trim() === 'Import')
    go?.click()
    await flushPromises()
    expect(bridge.named('importFiles')).toEqual([])
    await type('Height', '24')
    go?.click()
    await flushPromises()
    expect(bridge.named('importFiles')).toMatchObject([
      { paths: ['/files/animals'], settings: { ...importRecord().settings, size: [24, 24] } },
    ])
    expect(document.querySelector('[role=dialog]')).toBeNull()
  })

  it('is told in Russian too', () => {
    i18n.global.locale.value = 'ru'
    const { text } = show()
    expect(text()).toContain('Найдено файлов: 1 302 = взято 1 300 + пропущено 2')
    expect(text()).toContain('Пропущено 2 файла')
  })
})
