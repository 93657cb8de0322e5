import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useImportsStore } from '@/stores/imports'
import { useKeptDataStore } from '@/stores/kept-data'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits } from '@/stores/testing/samples'
import InterruptedImports from './InterruptedImports.vue'
import KeptDataDialog from './KeptDataDialog.vue'

beforeEach(() => setActivePinia(createPinia()))
enableAutoUnmount(afterEach)

const set = (name: string, runs: number) => ({
  name,
  directory: `/project/data/${name}`,
  title: `animals ${name}`,
  samples: 1300,
  shape: [32, 48, 3],
  createdAt: '2026-11-26T00:00:00.000Z',
  bytes: 6_100_000,
  open: false,
  runs,
})

function button(label: string): HTMLElement | undefined {
  return [...document.body.querySelectorAll('button')].find(
    (one) => one.getAttribute('aria-label') === label || one.textContent?.trim() === label,
  )
}

describe('imported data', () => {
  async function shown() {
    const bridge = installFakeBridge({
      openDataset: ({ source }: { source: ReturnType<typeof digits>['source'] }) => digits({ source }),
      readImport: () => null,
      listData: () => [set('0003', 0), set('0002', 2), set('0001', 0)],
      deleteData: () => ({}),
    })
    await useDatasetStore().open({ kind: 'stored', title: 'animals', directory: '/project/data/0001' })
    mount(() => h(TooltipProvider, () => h(KeptDataDialog)), { global: { plugins: [i18n] }, attachTo: document.body })
    await useKeptDataStore().show()
    await flushPromises()
    return bridge
  }

  it('is listed with what it takes, and goes to the trash where nothing uses it', async () => {
    const bridge = await shown()
    for (const words of ['3 data sets, 18.3 MB', '2 runs', 'this project', 'nothing'])
      expect(document.body.textContent).toContain(words)
    for (const name of ['0001', '0002', '0003']) button(`Move animals ${name} to the trash`)?.click()
    await flushPromises()
    expect(bridge.named('deleteData')).toEqual([{ name: '0003' }])
    expect(bridge.named('listData')).toHaveLength(2)
  })

  it('says why something stays', async () => {
    const bridge = await shown()
    bridge.answers.deleteData = () => {
      throw new AppError('trash-failed', { path: '/project/data/0003', detail: 'no trash' })
    }
    button('Move animals 0003 to the trash')?.click()
    await flushPromises()
    expect(document.body.textContent).toContain('could not be moved to the trash')
  })

  it('is opened again', async () => {
    await shown()
    button('Open animals 0003')?.click()
    await flushPromises()
    expect(useDatasetStore().source).toEqual({
      kind: 'stored',
      title: 'animals 0003',
      directory: '/project/data/0003',
    })
    expect(useKeptDataStore().shown).toBe(false)
  })
})

describe('interrupted imports', () => {
  const birds = {
    name: '0002.0a1b2c3d.tmp',
    title: 'birds',
    begunAt: '2026-11-26T00:00:00Z',
    done: 3210,
    total: 10_000,
  }

  it.each([
    ['Go on', 'resumeImport'],
    ['Discard', 'discardImport'],
  ])('tell how far they are, and offer: %s', async (label, call) => {
    const bridge = installFakeBridge({ interruptedImports: () => [birds] })
    await useImportsStore().findInterrupted()
    const banner = mount(() => h(TooltipProvider, () => h(InterruptedImports)), {
      global: { plugins: [i18n] },
      attachTo: document.body,
    })
    expect(banner.text()).toContain('The import of birds was interrupted.')
    expect(banner.text()).toContain('3,210 of 10,000 are done.')
    bridge.answers.resumeImport = bridge.answers.discardImport = () => {
      throw new AppError('cancelled', { name: call })
    }
    button(label)?.click()
    await flushPromises()
    expect(bridge.named(call)).toMatchObject([{ name: birds.name }])
  })
})
