import type { FilterView } from '@shared/ipc/look'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, shallowRef } from 'vue'
import { useRunsStore } from '@/stores/runs'
import { deferred, installFakeBridge } from '@/stores/testing/fake-bridge'
import { batch, run } from '@/stores/testing/samples'
import { useLiveFilters, type FilterTarget } from './use-live-filters'

function kernel(step: number): FilterView {
  return { node: 'c1', shape: [1, 1, 1, 1], values: Float32Array.of(step), step }
}

async function watchFilters(first: FilterTarget | null) {
  const bridge = installFakeBridge({
    listRuns: () => [run({ id: 'run-1', state: 'running' }), run({ id: 'old', state: 'finished', stepsDone: 9 })],
    readHistory: () => ({ loss: new Float32Array(), accuracy: new Float32Array(), epochs: [] }),
    readFilters: () => kernel(0),
  })
  const runs = useRunsStore()
  runs.load()
  await runs.refresh()
  const target = shallowRef(first)
  const Watcher = defineComponent({ setup: () => (useLiveFilters(() => target.value), () => null) })
  const shown = mount(Watcher)
  await flushPromises()
  return { bridge, target, shown, reads: () => bridge.named('readFilters').length }
}

async function pass(milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds)
  await flushPromises()
}

function hide(hidden: boolean): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(hidden ? 'hidden' : 'visible')
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
enableAutoUnmount(afterEach)
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('live filters', () => {
  it('are read at once, and of the next target when it changes', async () => {
    const { bridge, target } = await watchFilters({ runId: 'old', node: null })
    expect(bridge.named('readFilters')).toEqual([{ runId: 'old', node: null }])
    target.value = { runId: 'old', node: 'c2' }
    await flushPromises()
    target.value = { runId: 'old', node: 'c2' }
    await flushPromises()
    expect(bridge.named('readFilters').slice(1)).toEqual([{ runId: 'old', node: 'c2' }])
  })

  it('are read again at most twice a second, and only when the run moved on', async () => {
    const { bridge, reads } = await watchFilters({ runId: 'run-1', node: null })
    await pass(2000)
    expect(reads()).toBe(1)
    bridge.answers.readFilters = () => kernel(useRunsStore().progress?.step ?? 0)
    for (let step = 0; step < 10; step++) {
      bridge.emit('metrics', batch(step, step + 1, [1]))
      await pass(100)
    }
    expect(reads()).toBe(3)
    await pass(5000)
    expect(reads()).toBe(3)
  })

  it('wait for the answer before they ask again', async () => {
    const { bridge, reads } = await watchFilters({ runId: 'run-1', node: null })
    const slow = deferred<FilterView>()
    bridge.answers.readFilters = () => slow.promise
    bridge.emit('metrics', batch(0, 1, [1]))
    await pass(600)
    bridge.emit('metrics', batch(1, 2, [1]))
    await pass(3000)
    expect(reads()).toBe(2)
    slow.resolve(kernel(1))
    await flushPromises()
    await pass(600)
    expect(reads()).toBe(3)
  })

  it('rest while the window is hidden, and catch up when it is seen again', async () => {
    const { bridge, reads } = await watchFilters({ runId: 'run-1', node: null })
    hide(true)
    bridge.emit('metrics', batch(0, 1, [1]))
    await pass(3000)
    expect(reads()).toBe(1)
    hide(false)
    await flushPromises()
    expect(reads()).toBe(2)
  })

  it('are read a last time when the run ends, and never after the component is gone', async () => {
    const { bridge, reads, shown } = await watchFilters({ runId: 'run-1', node: null })
    bridge.emit('runChanged', run({ id: 'run-1', state: 'finished', stepsDone: 50 }))
    await flushPromises()
    expect(reads()).toBe(2)
    shown.unmount()
    bridge.emit('metrics', batch(0, 60, [1]))
    await pass(3000)
    expect(reads()).toBe(2)
  })
})
