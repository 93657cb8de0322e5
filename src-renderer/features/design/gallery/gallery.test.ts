import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { emptyNetwork, type NetworkDocument } from '@shared/network/document'
import { templateNames } from '@shared/network/templates'
import { chooseLanguage, i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useDialogsStore } from '@/stores/dialogs'
import { useDocumentStore } from '@/stores/document'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits } from '@/stores/testing/samples'
import DesignWorkspace from '../DesignWorkspace.vue'

vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  chooseLanguage('en')
  document.body.innerHTML = '<aside id="inspector"></aside>'
})

async function show({ data = true, network = emptyNetwork }: { data?: boolean; network?: NetworkDocument } = {}) {
  const bridge = installFakeBridge({
    writeSettings: (settings: unknown) => settings,
    openDataset: () => digits(),
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const store = useDocumentStore()
  if (data) useDatasetStore().summary = digits()
  store.reset(network)
  mount(() => h(TooltipProvider, () => h(DesignWorkspace)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  return { store, dialogs: useDialogsStore(), bridge }
}

const dialog = () => document.querySelector('[role="dialog"]')
const list = () => dialog()!.querySelector('[role="listbox"]')!
const options = () => [...list().querySelectorAll<HTMLElement>('[role="option"]')]
const shown = () => list().querySelector('[aria-selected="true"]')?.getAttribute('data-template')

async function pick(name: string) {
  options()
    .find((one) => one.dataset.template === name)!
    .click()
  await flushPromises()
}

async function key(name: string) {
  list().dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
  await flushPromises()
}

function button(name: string): HTMLElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)
  if (!found) throw new Error(`There is no button ${name}`)
  return found
}

describe('the gallery', () => {
  it('opens from the empty canvas, and shows every template on its shelf', async () => {
    const { dialogs } = await show()
    expect(dialog()).toBeNull()
    button('Gallery…').click()
    await flushPromises()
    expect(dialogs.open).toBe('gallery')
    expect(options().map((one) => one.dataset.template)).toEqual(templateNames)
    const shelves = [...list().querySelectorAll('[role="group"]')]
    expect(shelves.map((shelf) => shelf.getAttribute('aria-label'))).toEqual(['The article', 'Networks people know'])
    expect(options().every((one) => one.querySelector('rect') !== null)).toBe(true)
  })

  it('tells of the chosen network: note, passage, numbers, and whether it suits the data', async () => {
    const { dialogs } = await show()
    dialogs.show('gallery')
    await flushPromises()
    await pick('lenet')
    const text = dialog()!.textContent
    for (const part of ['What to see in it', 'In the article: Introduction', 'Input28 × 28 × 1', 'Parameters427,573'])
      expect(text).toContain(part)
    expect(text).toContain('Can train on MNIST as it is.')
    await pick('vgg-16')
    expect(dialog()!.textContent).toContain('Input28 × 28 × 1')
    await pick('alexnet')
    expect(dialog()!.textContent).toContain('Input227 × 227 × 3')
    expect(dialog()!.textContent).not.toContain('Can train on MNIST as it is.')
  })

  it.each([
    ['resnet-20', 'MNIST handwritten digits'],
    ['audio-pooling', 'Speech or not'],
    ['speech-conv', 'Speech or not'],
    ['volumes', 'Adrenal glands in 3-D'],
  ])('says without data which set that ships fits %s', async (name, title) => {
    const { dialogs } = await show({ data: false })
    dialogs.show('gallery')
    await flushPromises()
    await pick(name)
    expect(dialog()!.textContent).toContain(`the set “${title}”, which comes with Patchwork, fits.`)
    expect(button(`Use it with “${title}”`)).toBeTruthy()
  })

  it('offers none for a network that none fits', async () => {
    const { dialogs } = await show({ data: false })
    dialogs.show('gallery')
    await flushPromises()
    await pick('alexnet')
    expect(dialog()!.textContent).not.toContain('which comes with Patchwork')
  })

  it('takes a network together with that set', async () => {
    const { store, dialogs, bridge } = await show({ data: false })
    dialogs.show('gallery')
    await flushPromises()
    await pick('picture-pooling')
    button('Use it with “MNIST handwritten digits”').click()
    await flushPromises()
    expect(dialogs.open).toBeNull()
    expect(bridge.named('openDataset')).toEqual([{ source: { kind: 'sample', id: 'mnist' } }])
    expect(store.network.nodes.map(({ name }) => name)).toEqual(['', 'A', '', 'B', '', 'F', ''])
    expect(store.problems).toEqual([])
  })

  it('offers no set where there is data', async () => {
    const { dialogs } = await show()
    dialogs.show('gallery')
    await flushPromises()
    await pick('picture-pooling')
    expect(() => button('Use it with “MNIST handwritten digits”')).toThrow()
  })

  it('is walked by keys, and Enter takes the network as one step that can be undone', async () => {
    const { store, dialogs } = await show()
    dialogs.show('gallery')
    await flushPromises()
    expect(shown()).toBe(templateNames[0])
    await key('ArrowUp')
    expect(shown()).toBe(templateNames[0])
    await key('ArrowDown')
    expect(shown()).toBe(templateNames[1])
    await key('End')
    expect(shown()).toBe(templateNames.at(-1))
    await key('Home')
    for (let n = 0; n < templateNames.indexOf('one-module'); n++) await key('ArrowDown')
    expect(shown()).toBe('one-module')
    await key('Enter')
    expect(dialogs.open).toBeNull()
    expect(store.network.nodes.map(({ kind }) => kind)).toEqual([
      'input',
      'conv2d',
      'max-pooling-2d',
      'flatten',
      'dense',
    ])
    expect(store.problems).toEqual([])
    expect(store.undoLabel).toBe('design.history.template')
    store.undo()
    expect(store.network).toBe(emptyNetwork)
    expect(store.undoLabel).toBeUndefined()
  })

  it('takes the network by its button too, and by a double click', async () => {
    const { store, dialogs } = await show()
    dialogs.show('gallery')
    await flushPromises()
    button('Use this network').click()
    await flushPromises()
    expect(store.network.nodes.map(({ kind }) => kind)).toEqual(['sequence-input', 'flatten', 'dense', 'dense'])
    dialogs.show('gallery')
    await flushPromises()
    const lenet = options().find((one) => one.dataset.template === 'lenet')!
    lenet.click()
    lenet.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
    await flushPromises()
    expect([dialogs.open, store.network.nodes.length]).toEqual([null, 9])
  })

  it('speaks Russian', async () => {
    const { dialogs } = await show()
    chooseLanguage('ru')
    dialogs.show('gallery')
    await flushPromises()
    expect(dialog()!.textContent).toContain('Известные сети')
    expect(dialog()!.textContent).not.toMatch(/gallery\.|templates\.|design\./)
  })
})
