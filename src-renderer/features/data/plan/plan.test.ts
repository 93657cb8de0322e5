import { usualImport } from '@shared/data/import'
import type { ImportPlan } from '@shared/data/import-plan'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import type { ImportOrder } from '@/stores/imports'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { importPlan } from '@/stores/testing/import-record'
import ImportDialog from '../ImportDialog.vue'
import ImportPlanDialog from './ImportPlanDialog.vue'

beforeEach(() => setActivePinia(createPinia()))
enableAutoUnmount(afterEach)

const order = { paths: ['/files/animals'], settings: usualImport }
const facts = importPlan().facts
const tight = importPlan({ bytes: 3.1e9, room: { free: 1.2e9, size: 200e9 }, smaller: [20, 30] })

/** The dialog as it asks about a plan; later plans are `then`. */
function asking(plan: ImportPlan, then: ImportPlan = plan) {
  const bridge = installFakeBridge({ planImport: () => then })
  const answers: (ImportOrder | null)[] = []
  const toSettings: ImportOrder[] = []
  const listeners = {
    onAnswer: (order: ImportOrder | null) => answers.push(order),
    onSettings: (order: ImportOrder) => toSettings.push(order),
  }
  mount(() => h(TooltipProvider, () => h(ImportPlanDialog, { order, plan, ...listeners })), {
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  const button = (name: string) =>
    [...document.body.querySelectorAll<HTMLElement>('button, [role=radio]')].find(
      (one) => one.textContent?.trim() === name,
    )
  return { bridge, answers, toSettings, button, text: () => document.body.textContent ?? '' }
}

describe('the question before files come in', () => {
  it('tells what there is and what it comes to, and lets it begin', async () => {
    const { answers, button, text } = asking(importPlan({ files: 30_000, bytes: 6.1e6 }))
    await flushPromises()
    for (const words of ['30,000', '.png 1,200', 'cats 700', '6.1 MB of 50 GB', '1,300 of 32 × 48 × 3'])
      expect(text()).toContain(words)
    button('Import')?.click()
    expect(answers).toEqual([order])
  })

  it('offers pictures of a size that has room, and does not begin without', async () => {
    const { bridge, answers, button, text } = asking(tight, importPlan({ shape: [20, 30, 3], bytes: 0.9e9 }))
    await flushPromises()
    expect(text()).toContain('3.1 GB are needed, 1.2 GB are free')
    button('Import')?.click()
    expect(answers).toEqual([])
    button('Make them 20 × 30')?.click()
    await vi.waitFor(() => expect(text()).toContain('20 × 30 × 3'))
    expect(bridge.named('planImport')).toMatchObject([{ settings: { size: [20, 30] } }])
    button('Import')?.click()
    expect(answers).toEqual([{ ...order, settings: { ...usualImport, size: [20, 30] } }])
  })

  it.each([
    [
      'parts',
      { parts: [{ folder: 'train', part: 'train' as const, files: 9 }] },
      'Folders are named train',
      'Classes',
      { partFolders: 'classes' },
    ],
    ['slices', { sliceFolders: 4 }, '4 folders hold numbered pictures', 'Volumes, a folder each', { slices: true }],
  ])('asks what folders are that look like %s', async (_what, own, question, choice, settings) => {
    const { answers, button, text } = asking(importPlan({ facts: { ...facts, ...own } }))
    await flushPromises()
    expect(text()).toContain(question)
    button(choice)?.click()
    await flushPromises()
    button('Import')?.click()
    expect(answers).toEqual([{ ...order, settings: { ...usualImport, ...settings } }])
  })

  it('lets everything be given up, or set', async () => {
    const { answers, toSettings, button } = asking(tight)
    await flushPromises()
    button('All settings…')?.click()
    button('Cancel')?.click()
    expect([toSettings, answers]).toEqual([[order], [null]])
  })
})

describe('the settings of an import', () => {
  it('tell what they come to, once they rest, and do not begin without room', async () => {
    const bridge = installFakeBridge({ planImport: () => importPlan() })
    const done: ImportOrder[] = []
    const listeners = { onDone: (order: ImportOrder) => done.push(order) }
    mount(() => h(TooltipProvider, () => h(ImportDialog, { open: true, order, kind: 'pictures', ...listeners })), {
      global: { plugins: [i18n] },
      attachTo: document.body,
    })
    await vi.waitFor(() =>
      expect(document.body.textContent).toContain('About 1,300 samples of 32 × 48 × 3; classes: 2'),
    )
    bridge.answers.planImport = () => tight
    const seed = document.body.querySelector<HTMLInputElement>('input[inputmode=numeric]:last-of-type')
    if (!seed) throw new Error('There is no field for a number')
    seed.value = '9'
    seed.dispatchEvent(new Event('input'))
    seed.dispatchEvent(new Event('change'))
    seed.dispatchEvent(new Event('blur'))
    await vi.waitFor(() => expect(document.body.textContent).toContain('3.1 GB on the disk, 1.2 GB are free'))
    const action = [...document.body.querySelectorAll('button')].find((one) => one.textContent?.trim() === 'Import')
    action?.click()
    expect(done).toEqual([])
  })
})
