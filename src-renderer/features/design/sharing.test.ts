import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { chain } from '@shared/network/chain'
import type { Values } from '@shared/network/document'
import { i18n } from '@/i18n'
import { useDocumentStore } from '@/stores/document'
import PwButton from '@/ui/PwButton.vue'
import { mountInApp } from '@/ui/testing/mount'
import SharingSection from './inspector/SharingSection.vue'
import { useCardMenu } from './use-card-menu'
import { useClipboard } from './use-clipboard'
import { useDesignActions } from './use-design-actions'

vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  i18n.global.locale.value = 'en'
  setActivePinia(createPinia())
})

function show(values: Values) {
  const store = useDocumentStore()
  store.reset(chain(['sequence-input', { shape: [1000, 1] }], ['conv1d', { filters: 1, kernel: [2], ...values }]))
  store.select(['conv1d-1'])
  let menu: ReturnType<typeof useCardMenu> | undefined
  const host = defineComponent(() => {
    const actions = useDesignActions()
    menu = useCardMenu(
      actions,
      useClipboard(actions, { paste: () => false }, () => true),
    )
    return () => h(SharingSection, { id: 'conv1d-1', actions })
  })
  const { wrapper } = mountInApp(host)
  return { store, wrapper, entry: () => menu?.items.value.find(({ id }) => id === 'sharing'), menu: () => menu }
}

describe('weights that all places share, or each place’s own', () => {
  it('are counted before the switch, and after it', async () => {
    const { wrapper, store } = show({})
    const counts = () => wrapper.findAll('dd').map((count) => count.text())
    expect(counts()).toEqual(['3', '2,997', '999,999'])
    await wrapper.get('button').trigger('click')
    await flushPromises()
    expect(store.network.nodes[1]?.kind).toBe('locally-connected-1d')
    expect(store.undoLabel).toBe('sharing.history.own')
    expect(counts()).toEqual(['3', '2,997', '999,999'])
    expect(wrapper.getComponent(PwButton).text()).toBe('Share weights over all places')
    await wrapper.get('button').trigger('click')
    expect(store.network.nodes[1]?.kind).toBe('conv1d')
    expect(store.undoLabel).toBe('sharing.history.share')
    store.undo()
    store.undo()
    expect(store.undoLabel).toBeUndefined()
  })

  it('are switched in the menu of the card as well', () => {
    const { store, entry, menu } = show({})
    expect(entry()?.label).toBe('Give each place its own weights')
    menu()?.choose('sharing')
    expect(store.network.nodes[1]?.kind).toBe('locally-connected-1d')
    store.select(['sequence-input-1'])
    expect(entry()).toBeUndefined()
  })

  it('say why they cannot be switched', async () => {
    const { wrapper, store, entry } = show({ dilation: [4] })
    const before = store.network
    const why =
      'A layer with weights of its own at each place has none of these settings: Dilation. Set them back to 1 first.'
    expect(wrapper.getComponent(PwButton).props('disabledReason')).toBe(why)
    expect(entry()?.disabledReason).toBe(why)
    await wrapper.get('button').trigger('click')
    expect(store.network).toBe(before)
  })
})
