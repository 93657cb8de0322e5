import type { DatasetSource, DatasetSummary, SampleRequest } from '@shared/data/dataset'
import type { Edit } from '@shared/data/edits'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useSampleEditsStore } from '@/stores/sample-edits'
import { useSampleViewStore } from '@/stores/sample-view'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits, samplePage } from '@/stores/testing/samples'
import PwVirtualGrid from '@/ui/PwVirtualGrid.vue'
import SampleGrid from '../SampleGrid.vue'
import { classOfDigit } from './use-sample-menu'

const mnist: DatasetSource = { kind: 'sample', id: 'mnist' }

async function show(summary: Partial<DatasetSummary> = {}) {
  let lines = 0
  const bridge = installFakeBridge({
    openDataset: () => digits({ source: mnist, ...summary }),
    readSamples: ({ offset, count }: SampleRequest) =>
      samplePage(
        // Each edit takes the first sample away.
        Array.from({ length: count }, (_value, n) => offset + n + lines),
        { total: 1000 - lines, marks: Uint16Array.from({ length: count }, (_value, n) => (offset + n === 2 ? 17 : 0)) },
      ),
    readRows: () => ({ rows: Uint32Array.from({ length: 1000 - lines }, (_value, n) => n + lines) }),
    editDataset: () => {
      lines += 1
      return digits({
        source: { ...mnist, edits: { path: 'log', lines } },
        counts: { train: [500 - lines, 300, 200], test: [20, 50, 30] },
      })
    },
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const [dataset, view, edits] = [useDatasetStore(), useSampleViewStore(), useSampleEditsStore()]
  await dataset.open(mnist)
  const shown = mount(
    () => h(TooltipProvider, () => (dataset.summary ? h(SampleGrid, { summary: dataset.summary }) : undefined)),
    { global: { plugins: [pinia, i18n] }, attachTo: document.body },
  )
  await flushPromises()
  const grid = () => shown.get('[role=listbox]')
  return {
    bridge,
    dataset,
    view,
    edits,
    shown,
    chosen: () => [...view.chosen].sort((one, other) => one - other),
    async click(at: number, how: Partial<MouseEventInit> = {}) {
      await shown.findAll('[role=option]')[at]?.trigger('click', how)
      await flushPromises()
    },
    /** Moves the mouse over the grid, its button held: from an empty place to others. Without a layout there is one column, of samples 74 px high and gaps of 6. */
    async drag(
      places: readonly (readonly [x: number, y: number])[],
      how: Partial<MouseEventInit> = {},
      last = 'pointerup',
    ) {
      for (const [n, [clientX, clientY]] of places.entries()) {
        const type = n === 0 ? 'pointerdown' : 'pointermove'
        await grid().trigger(type, { clientX, clientY, pointerId: 1, button: 0, pointerType: 'mouse', ...how })
      }
      if (last === 'Escape') window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
      else if (last) await grid().trigger(last, { pointerId: 1 })
      await flushPromises()
    },
    async press(key: string, how: Partial<KeyboardEventInit> = {}) {
      await grid().trigger('keydown', { key, code: /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key, ...how })
      await flushPromises()
    },
    asked: () => bridge.named('editDataset').map((input) => (input as { edit: Edit }).edit),
  }
}

beforeEach(() => {
  i18n.global.locale.value = 'en'
  for (const name of ['offsetWidth', 'clientWidth'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(600)
  for (const name of ['offsetHeight', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(400)
})
beforeEach(() => {
  // There is no pointer to be captured here.
  Object.assign(HTMLElement.prototype, { setPointerCapture() {}, hasPointerCapture: () => false })
})
enableAutoUnmount(afterEach)
afterEach(() => vi.restoreAllMocks())

describe('samples are selected', () => {
  it('by a rubber band: alone, besides others, toggled, and not where it is given up', async () => {
    const { drag, chosen, view, shown } = await show()
    await drag([
      [2, 2],
      [20, 100],
    ])
    expect([chosen(), view.active]).toEqual([[0, 1], 1])
    await drag(
      [
        [2, 170],
        [20, 180],
      ],
      { shiftKey: true },
    )
    expect(chosen()).toEqual([0, 1, 2])
    await drag(
      [
        [2, 240],
        [20, 100],
      ],
      { ctrlKey: true },
    )
    expect([chosen(), view.active]).toEqual([[0], 1])
    const last = [
      [2, 170],
      [20, 260],
    ] as const
    await drag(last, {}, 'Escape')
    expect(chosen()).toEqual([0])
    await drag(last, {}, '')
    expect([chosen(), shown.find('.pw-grid__band').exists()]).toEqual([[2, 3], true])
    await drag([], {}, 'pointercancel')
    expect([chosen(), shown.find('.pw-grid__band').exists()]).toEqual([[0], false])
  })

  it('not at all by a press in an empty place, and as before where a key is held', async () => {
    const { drag, click, chosen, view } = await show()
    await click(3)
    await drag([[2, 2]], { ctrlKey: true })
    expect(chosen()).toEqual([3])
    await drag([
      [2, 2],
      [4, 3],
    ])
    expect([chosen(), view.active]).toEqual([[], null])
  })

  it('not by a press on a sample, on the scroll bar, or with a finger', async () => {
    const { drag, shown, chosen } = await show()
    await shown
      .findAll('[role=option]')[0]
      ?.trigger('pointerdown', { clientX: 20, clientY: 20, pointerId: 1, button: 0 })
    await drag([
      [700, 2],
      [20, 20],
    ])
    await drag(
      [
        [2, 2],
        [80, 60],
      ],
      { pointerType: 'touch' } as never,
    )
    expect(chosen()).toEqual([])
  })

  it('by clicks: alone, besides others, and in a range', async () => {
    const { click, chosen, shown } = await show()
    await click(3)
    expect(chosen()).toEqual([3])
    await click(5, { ctrlKey: true })
    expect(chosen()).toEqual([3, 5])
    await click(3, { ctrlKey: true })
    expect(chosen()).toEqual([5])
    await click(6, { shiftKey: true })
    expect(chosen()).toEqual([3, 4, 5, 6])
    await click(2, { shiftKey: true })
    expect(chosen()).toEqual([2, 3])
    await click(1)
    expect(chosen()).toEqual([1])
    expect(shown.findAll('[aria-selected=true]')).toHaveLength(1)
  })

  it('by keys, also where they are not read yet', async () => {
    const { press, chosen, view } = await show()
    await press('ArrowRight')
    await press('ArrowRight', { shiftKey: true })
    await press('ArrowRight', { shiftKey: true })
    expect(chosen()).toEqual([0, 1, 2])
    await press(' ')
    expect(chosen()).toEqual([0, 1])
    await press('Home')
    await press('End', { shiftKey: true })
    expect(view.chosen.size).toBe(1000)
    await press('Escape')
    expect(chosen()).toEqual([])
  })

  it('and the next one is where samples go away', async () => {
    const { click, edits, chosen, view } = await show()
    await click(3)
    await edits.remove()
    await flushPromises()
    expect([view.active, chosen()]).toEqual([3, [4]])
    expect(view.selected?.row).toBe(4)
  })
})

describe('keys give classes', () => {
  it.each([
    [['cat', 'dog'], '1', 'cat'],
    [['cat', 'dog'], '2', 'dog'],
    [['cat', 'dog'], '3', undefined],
    [['cat', 'dog'], 'x', undefined],
    [['0', '1', '2'], '1', '1'],
    [Array.from({ length: 12 }, (_value, n) => `c${n}`), '0', 'c9'],
  ])('of %j, %s is %s', (classes, digit, name) => expect(classOfDigit(classes, digit)).toBe(name))

  it('at once, or by asking', async () => {
    const { click, press, asked, edits } = await show()
    await press('2')
    expect(asked()).toEqual([])
    await click(3)
    await press('2')
    expect(asked()).toEqual([{ kind: 'relabel', rows: [3], to: 'one' }])
    await press('д', { code: 'KeyL' })
    expect(edits.asking).toBe('relabel')
  })
})

describe('what is known of samples', () => {
  it('stands on them and in their names', async () => {
    const { shown } = await show()
    const sample = shown.findAll('[role=option]')[2]
    expect(sample?.attributes('aria-label')).toBe('Sample 2: two (Equal to an earlier one, Edited)')
    expect(sample?.find('.sample-grid__marks').attributes('title')).toBe('Equal to an earlier one, Edited')
    expect(shown.findAll('.sample-grid__marks')).toHaveLength(1)
  })
})

describe('after an edit', () => {
  it('the same place is read again, also in a list whose length only the engine tells', async () => {
    const { view, edits, bridge, shown, click } = await show()
    view.show({ text: 'png' })
    await flushPromises()
    const grid = shown.findComponent(PwVirtualGrid)
    grid.vm.$emit('visible', 620, 640)
    await flushPromises()
    await click(0)
    const before = bridge.named('readSamples').length
    await edits.relabel('two')
    await flushPromises()
    const again = bridge.named('readSamples').slice(before) as SampleRequest[]
    expect(again.map(({ offset }) => offset)).toContain(600)
    expect(again.every(({ source }) => source.edits?.lines === 1)).toBe(true)
  })
})

describe('the filter', () => {
  it('looks for what is typed, and takes parts that there are', async () => {
    vi.useFakeTimers()
    try {
      const { shown, bridge } = await show({ validation: 20, validationCounts: [20, 0, 0] })
      expect(shown.findAll('[role=radio]').map((one) => one.text())).toEqual(['All', 'Training', 'Validation', 'Test'])
      await shown.get('[role=searchbox]').setValue('cat 1')
      await vi.advanceTimersByTimeAsync(250)
      expect(bridge.named('readSamples')).toContainEqual(
        expect.objectContaining({ filter: expect.objectContaining({ text: 'cat 1', part: 'train' }), offset: 0 }),
      )
    } finally {
      vi.useRealTimers()
    }
  })
})
