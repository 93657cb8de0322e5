import type { ImportReport } from '@shared/data/import'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { importRecord, importReport } from '@/stores/testing/import-record'
import { digits } from '@/stores/testing/samples'
import ImportReportPanel from './ImportReportPanel.vue'

function show(part: Partial<ImportReport> = {}) {
  const bridge = installFakeBridge({
    importFiles: () => importReport(),
    openDataset: () => digits(),
    readImport: () => importRecord(),
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const record = importRecord(part)
  const shown = mount(() => h(TooltipProvider, () => h(ImportReportPanel, { record })), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  return { bridge, shown, text: () => shown.text().replace(/\s+/g, ' ') }
}

const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent.trim().startsWith(name))

beforeEach(() => {
  i18n.global.locale.value = 'en'
})
enableAutoUnmount(afterEach)

describe('the report of an import', () => {
  it('adds up, and names what was skipped with why', () => {
    const { text } = show()
    expect(text()).toContain('1,302 files found = 1,300 used + 2 skipped')
    expect(text()).toContain('1,300 samples of 32 × 48 × 3, made in 2.5 sec. One more file is no data.')
    expect(text()).toContain('2 files skipped')
    expect(text()).toContain('cats/cut.png')
    expect(text()).toContain('dogs/linkIts name leads out of the archive.')
    expect(text()).not.toContain('.DS_Store')
    expect(text()).toContain('Samples equal to an earlier one: 3.')
    expect(text()).toMatch(/Equal\s*3.*Alike\s*5.*Across parts\s*1.*Blank\s*0/)
  })

  it('draws how many files came in each size, the rare ones together', () => {
    const sizes = Array.from({ length: 10 }, (_value, n) => ({ shape: [n + 1, 4, 1], count: 10 - n }))
    const bars = show({ sizes })
      .shown.findAll('.pw-bars li')
      .map((bar) => bar.text())
    expect(bars).toHaveLength(8)
    expect(bars[0]).toMatch(/1 × 4 × 1.*10/s)
    expect(bars[7]).toMatch(/others.*6/s)
  })

  it('lists many skipped files bit by bit', async () => {
    const skipped = Array.from({ length: 100 }, (_value, n) => ({
      file: `${n}.png`,
      outcome: 'skipped' as const,
      code: 'litter',
      params: {},
    }))
    const { shown } = show({ skipped, found: 1400 })
    const listed = () => shown.findAll('.import-report__skipped li').length
    expect(listed()).toBe(30)
    button('Show more (70 left)')?.click()
    await flushPromises()
    expect(listed()).toBe(60)
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
