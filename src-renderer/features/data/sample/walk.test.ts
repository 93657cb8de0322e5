import type { DatasetSource, SampleRequest } from '@shared/data/dataset'
import { initialSettings } from '@shared/project/settings'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useSampleViewStore } from '@/stores/sample-view'
import { deferred, installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits, samplePage } from '@/stores/testing/samples'
import DataWorkspace from '../DataWorkspace.vue'

const mnist: DatasetSource = { kind: 'sample', id: 'mnist' }
const rows = ({ offset, count }: SampleRequest) => Array.from({ length: count }, (_value, step) => 999 - offset - step)

/** A thousand samples to learn from, the last one first, with the first of them shown large. */
async function showLarge(answers: Parameters<typeof installFakeBridge>[0] = {}) {
  const bridge = installFakeBridge({
    openDataset: () => digits({ source: mnist }),
    readSamples: (asked: SampleRequest) => samplePage(rows(asked)),
    readSample: ({ row }: { row: number }) => {
      const pixels = new Uint8Array(784)
      return { row, shape: [28, 28, 1], values: pixels, shown: pixels, rate: null }
    },
    engineState: () => ({ state: 'ready', device: null, error: null, restarts: 0 }),
    readSettings: () => initialSettings,
    writeSettings: (settings: unknown) => settings,
    ...answers,
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const [dataset, view] = [useDatasetStore(), useSampleViewStore()]
  dataset.restore(mnist)
  const shown = mount(() => h(TooltipProvider, () => h(DataWorkspace)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  const grid = shown.get('[role=listbox]')
  await grid.trigger('keydown', { key: 'ArrowRight' })
  await grid.trigger('keydown', { key: 'Enter' })
  await flushPromises()
  const dialog = () => document.querySelector<HTMLElement>('[role=dialog]')
  return {
    bridge,
    view,
    grid,
    dialog,
    title: () => dialog()?.querySelector('h2')?.textContent,
    place: () => dialog()?.querySelector('.sample-dialog__place')?.textContent,
    button: (name: string) => dialog()?.querySelector<HTMLElement>(`[aria-label="${name}"]`),
    async press(key: string, on: Element | null = dialog()) {
      on?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      await flushPromises()
    },
  }
}

beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
  // There is no layout here: every element is 600 × 400 pixels, and scrolls at once.
  for (const name of ['offsetWidth', 'clientWidth'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(600)
  for (const name of ['offsetHeight', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(400)
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(100_000)
  HTMLElement.prototype.scrollTo = function scrollTo(this: HTMLElement, to?: ScrollToOptions | number) {
    this.scrollTop = typeof to === 'object' ? (to.top ?? 0) : 0
    this.dispatchEvent(new Event('scroll'))
  }
})
enableAutoUnmount(afterEach)
afterEach(() => vi.restoreAllMocks())

describe('an enlarged sample', () => {
  it('leads to the others by keys and buttons, in the order of the list', async () => {
    const { title, place, press, button, view } = await showLarge()
    expect([title(), place()]).toEqual(['Sample 999: zero', '1 of 1,000'])
    await press('ArrowRight')
    expect([title(), place()]).toEqual(['Sample 998: two', '2 of 1,000'])
    button('Next sample')?.click()
    await flushPromises()
    expect([title(), place()]).toEqual(['Sample 997: one', '3 of 1,000'])
    button('Previous sample')?.click()
    await press('ArrowLeft')
    expect([title(), [...view.chosen]]).toEqual(['Sample 999: zero', [999]])
    await press('ArrowLeft')
    expect(title()).toBe('Sample 999: zero')
    expect(button('Previous sample')?.getAttribute('aria-disabled')).toBe('true')
  })

  it('leads over the pages that are read, to the end and back, and the grid comes along', async () => {
    const { title, place, press, bridge, dialog, grid } = await showLarge()
    await press('End')
    await vi.waitFor(() => expect([title(), place()]).toEqual(['Sample 0: zero', '1,000 of 1,000']))
    expect(bridge.named('readSamples')).toContainEqual(expect.objectContaining({ offset: 800, count: 200 }))
    await press('Escape')
    expect(dialog()).toBeNull()
    await vi.waitFor(() => expect(grid.find(`#${grid.attributes('aria-activedescendant')}`).exists()).toBe(true))
    expect(grid.find('[aria-selected=true]').attributes('aria-label')).toBe('Sample 0: zero')
  })

  it('stays while the next one is read', async () => {
    const never = deferred<unknown>()
    const { title, place, press, dialog } = await showLarge({
      readSamples: (asked: SampleRequest) => (asked.offset > 0 ? never.promise : samplePage(rows(asked))),
    })
    await press('End')
    expect([title(), place()]).toEqual(['Sample 999: zero', '1,000 of 1,000'])
    await press('Home')
    expect([title(), place()]).toEqual(['Sample 999: zero', '1 of 1,000'])
    expect(dialog()).not.toBeNull()
  })

  it('has the keys itself when it opens, and leaves a picture that is zoomed its arrows', async () => {
    const { title, press, dialog } = await showLarge()
    expect(document.activeElement).toBe(dialog())
    const lens = dialog()?.querySelector('.pw-lens__place') ?? null
    const zoom = () => dialog()?.querySelector('.pw-lens__zoom')?.textContent
    const fitting = zoom()
    await press('+')
    expect(zoom()).not.toBe(fitting)
    await press('ArrowRight', lens)
    expect(title()).toBe('Sample 999: zero')
  })
})
