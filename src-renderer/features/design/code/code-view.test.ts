import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { NetworkDocument } from '@shared/network/document'
import { setValue } from '@shared/network/edit'
import { templateNetwork } from '@shared/network/templates'
import { AppError } from '@shared/ipc/errors'
import { i18n } from '@/i18n'
import { useDialogsStore } from '@/stores/dialogs'
import { useDocumentStore } from '@/stores/document'
import { useNoticesStore } from '@/stores/notices'
import { useSettingsStore } from '@/stores/settings'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import DesignWorkspace from '../DesignWorkspace.vue'

const network = templateNetwork('dense-only', { shape: [28, 28, 1], classes: 3 })!
const model = JSON.stringify({
  class_name: 'Sequential',
  config: {
    layers: [
      { class_name: 'InputLayer', config: { batch_shape: [null, 8, 8, 3], name: 'input_layer' } },
      { class_name: 'Flatten', config: { name: 'flatten' } },
    ],
  },
})

vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
})

/** The code waits for the next edit, on a busy machine a while longer. */
const later = (expectation: () => void) => vi.waitFor(expectation, { timeout: 30_000 })

async function show(document_: NetworkDocument, saveText: (input: { name: string }) => unknown = () => null) {
  const bridge = installFakeBridge({ writeSettings: (settings: unknown) => settings, saveText })
  const pinia = createPinia()
  setActivePinia(pinia)
  const store = useDocumentStore()
  store.reset(document_)
  const shown = mount(() => h(TooltipProvider, () => h(DesignWorkspace)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  const button = (name: string) =>
    [...document.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name,
    )!
  const press = async (name: string) => {
    button(name).click()
    await flushPromises()
  }
  const code = () => shown.findAll('.code__line').map((line) => line.get('code').text())
  return { bridge, store, shown, press, code }
}

describe('the code', () => {
  it('is shown and hidden, which is remembered', async () => {
    const { press, shown } = await show(network)
    expect(shown.find('.code').exists()).toBe(false)
    await press('Show the code')
    expect(shown.find('.code').exists()).toBe(true)
    expect(useSettingsStore().settings.layout['design.code']).toBe(true)
    await press('Hide the code')
    expect(shown.find('.code').exists()).toBe(false)
  })

  it('follows each edit, a moment behind, in either language', async () => {
    const { press, store, code, shown } = await show(network)
    await press('Show the code')
    expect(code()).toContain('layers.Dense(units=128, activation="relu"),')
    store.apply('design.history.value', (before) => setValue(before, 'dense-1', 'units', 77))
    expect(code()).toContain('layers.Dense(units=128, activation="relu"),')
    await later(() => expect(code()).toContain('layers.Dense(units=77, activation="relu"),'))
    await shown.findAll('[role="tab"]')[1]!.trigger('mousedown', { button: 0 })
    await flushPromises()
    expect(code()).toContain("tf.layers.dense({ units: 77, activation: 'relu' }),")
  })

  it('marks the lines of the selected layer, and a line selects its layer', async () => {
    const { press, store, shown } = await show(network)
    await press('Show the code')
    store.select(['dense-1'])
    await flushPromises()
    const chosen = () => shown.findAll('.code__line--chosen').map((line) => line.attributes('data-node'))
    expect(chosen()).toEqual(['dense-1'])
    await shown.get('.code__line[data-node="flatten-1"]').trigger('click')
    expect(store.selection).toEqual(['flatten-1'])
    await shown.get('.code').trigger('keydown', { key: 'ArrowDown' })
    expect(store.selection).toEqual(['dense-1'])
    await shown.get('.code').trigger('keydown', { key: 'ArrowUp' })
    await shown.get('.code').trigger('keydown', { key: 'ArrowUp' })
    await shown.get('.code').trigger('keydown', { key: 'ArrowUp' })
    expect(store.selection).toEqual(['input-1'])
  })

  it('is copied and saved', async () => {
    const { press, bridge } = await show(network, () => '/home/it/network.py')
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    await press('Show the code')
    await press('Copy')
    expect(writeText).toHaveBeenCalledWith(expect.stringMatching(/^import keras\n[^]*\n\)\n$/))
    await press('Save…')
    expect(bridge.named('saveText')).toEqual([
      { name: 'network.py', text: expect.stringContaining('keras.Sequential') },
    ])
    expect(
      useNoticesStore()
        .notices.map(({ text }) => text?.key)
        .slice(-2),
    ).toEqual(['code.copied', 'code.saved'])
  })

  it('that cannot be saved says why', async () => {
    const { press } = await show(network, () => {
      throw new AppError('write-failed', { path: '/full/network.py', detail: 'ENOSPC' })
    })
    await press('Show the code')
    await press('Save…')
    expect(useNoticesStore().notices.at(-1)?.error?.code).toBe('write-failed')
  })
})

describe('a model of another framework', () => {
  function paste(text: string) {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    return flushPromises()
  }

  it('is pasted as a network, in one step', async () => {
    const { store } = await show(network)
    await paste(model)
    expect(store.network.nodes.map(({ kind }) => kind)).toEqual(['input', 'flatten'])
    store.undo()
    expect(store.network).toBe(network)
  })

  it('that cannot be read opens the dialog, which names each layer; mended, it is taken', async () => {
    const { store, press } = await show(network)
    await paste(model.replace('"Flatten"', '"Quantum"'))
    expect(store.network).toBe(network)
    expect(useDialogsStore().open).toBe('readNetwork')
    const dialog = () => document.querySelector('[role="dialog"]')!
    expect(dialog().textContent).toContain('One layer cannot be read.')
    expect(dialog().textContent).toContain('flatten: there is no layer here that does what Quantum does.')
    const field = dialog().querySelector('textarea')!
    field.value = model
    field.dispatchEvent(new Event('input'))
    await flushPromises()
    await press('Make the network')
    expect(store.network.nodes).toHaveLength(2)
    expect(useDialogsStore().open).toBeNull()
  })

  it('that is no model leaves the canvas alone', async () => {
    const { store, press } = await show(network)
    useDialogsStore().show('readNetwork')
    await flushPromises()
    const field = document.querySelector('textarea')!
    field.value = '{ "a": 1 }'
    field.dispatchEvent(new Event('input'))
    await flushPromises()
    await press('Make the network')
    expect(document.querySelector('[role="dialog"]')!.textContent).toContain('The JSON describes no model.')
    expect(store.network).toBe(network)
  })
})
