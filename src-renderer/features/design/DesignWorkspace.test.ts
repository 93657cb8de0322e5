import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { emptyNetwork, type NetworkDocument } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import { plainLenet } from '@shared/testing/plain-lenet'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useDocumentStore } from '@/stores/document'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits } from '@/stores/testing/samples'
import DesignWorkspace from './DesignWorkspace.vue'

const network = templateNetwork('dense-only', { shape: [28, 28, 1], classes: 3 })!

// Whole panels are mounted here, which takes its time on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
})

async function show(document_: NetworkDocument) {
  installFakeBridge({ writeSettings: (settings: unknown) => settings })
  const pinia = createPinia()
  setActivePinia(pinia)
  const store = useDocumentStore()
  useDatasetStore().summary = digits()
  store.reset(document_)
  const shown = mount(() => h(TooltipProvider, () => h(DesignWorkspace)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  const press = async (name: string) => {
    const button = shown.findAll('button').find((one) => (one.attributes('aria-label') ?? one.text()) === name)
    await button!.trigger('click')
    await flushPromises()
  }
  /** Opens a menu by the key that every menu button knows and takes one of its lines. */
  const menu = async (name: string, line: string) => {
    await shown.get(`button[aria-label="${name}"]`).trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const items = [...document.querySelectorAll('[role="menuitem"]')]
    const item = items.find((one) => one.textContent?.trim() === line)
    item!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
  }
  const outline = () => shown.get('.outline [role="tree"]')
  const names = () => shown.findAll('.outline [role="treeitem"]').map((one) => one.attributes('aria-label'))
  return { store, shown, press, menu, outline, names }
}

const inspector = () => document.getElementById('inspector')!.textContent ?? ''

describe('an empty canvas', () => {
  it('says what to do, and a template fills it', async () => {
    const { store, shown } = await show(emptyNetwork)
    expect(shown.text()).toContain('Drag layers from the left onto the canvas, or start from a template.')
    await shown.get('.canvas [data-template="lenet"]').trigger('click')
    expect(store.network.nodes).toHaveLength(9)
    expect(store.problems).toEqual([])
    await flushPromises()
    expect(shown.find('.canvas__empty').exists()).toBe(false)
    expect(shown.findAll('.vue-flow__node')).toHaveLength(9)
  })
})

describe('cards', () => {
  it('are read aloud with shape, size and problems', async () => {
    const { shown } = await show(plainLenet({ shape: [28, 28, 1], classes: 3 }))
    const labels = shown.findAll('.vue-flow__node').map((one) => one.attributes('aria-label'))
    expect(labels[1]).toBe('Convolution 2-D (1), 24 × 24 × 20, 520 parameters, no problems')
    expect(labels[5]).toBe('Flatten, 800, 0 parameters, no problems')
  })

  it('show icon, name, setting, shape and parameters', async () => {
    const { shown } = await show(network)
    const texts = shown.findAll('[data-id="dense-1"] .card span').filter((one) => one.element.children.length === 0)
    expect(texts.map((one) => one.text())).toEqual(['Dense', '1', '128 · relu', '128', '100,480'])
    expect(shown.get('[data-id="input-1"] .card').text()).toContain('MNIST')
  })

  it('are walked by arrow keys along the wires, growing the selection with Shift', async () => {
    const { store, shown } = await show(network)
    const canvas = shown.get('.canvas')
    store.select(['input-1'])
    await canvas.trigger('keydown', { key: 'ArrowDown' })
    expect(store.selection).toEqual(['flatten-1'])
    await canvas.trigger('keydown', { key: 'ArrowDown', shiftKey: true })
    expect(store.selection).toEqual(['flatten-1', 'dense-1'])
    await canvas.trigger('keydown', { key: 'Escape' })
    expect(store.selection).toEqual([])
  })

  it('are deleted by key, and the wire heals', async () => {
    const { store, shown } = await show(network)
    store.select(['dense-1'])
    await shown.get('.canvas').trigger('keydown', { key: 'Delete' })
    expect(store.network.wires.some(({ from, to }) => from === 'flatten-1' && to === 'dense-2')).toBe(true)
    expect(store.selection).toEqual(['flatten-1'])
  })

  it('are tidied up in one step', async () => {
    const heap = { ...network, nodes: network.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })) }
    const { store, press } = await show(heap)
    await press('Tidy up: place all layers in order')
    expect(new Set(store.network.nodes.map(({ position }) => position.y)).size).toBe(4)
    await press('Undo: tidy up')
    expect(store.network).toBe(heap)
  })
})

describe('the outline, without a pointer', () => {
  it('builds a network that can train', async () => {
    const { store, press, shown, menu, names } = await show(emptyNetwork)
    await shown.findAll('[role="radio"]')[1]!.trigger('click')
    await flushPromises()
    await menu('Add a layer', 'Input')
    for (const kind of ['Flatten', 'Dense']) await menu('Add a layer behind', kind)
    expect(names()).toEqual([
      'Input, 28 × 28 × 1, 0 parameters, no problems',
      'Flatten, 784, 0 parameters, no problems',
      'Dense, 128, 100,480 parameters, one problem',
    ])
    expect(inspector()).toContain('This output gives 128; it must give one value for each of the 3 classes.')
    await press('Undo: add a layer')
    expect(store.network.nodes).toHaveLength(2)
  })

  it('moves, connects and deletes', async () => {
    const { store, shown, menu, outline, press } = await show(network)
    await shown.findAll('[role="radio"]')[1]!.trigger('click')
    await flushPromises()
    store.select(['dense-1'])
    await flushPromises()
    await outline().trigger('keydown', { key: 'ArrowUp', altKey: true })
    expect(store.network.wires.some(({ from, to }) => from === 'dense-1' && to === 'flatten-1')).toBe(true)
    await press('Move down the chain')
    expect(store.network.wires.some(({ from, to }) => from === 'flatten-1' && to === 'dense-1')).toBe(true)
    store.select(['flatten-1'])
    await flushPromises()
    await menu('Connect to…', 'Dense (2)')
    expect(store.network.wires.some(({ from, to }) => from === 'flatten-1' && to === 'dense-2')).toBe(true)
    store.select(['dense-1'])
    await flushPromises()
    await outline().trigger('keydown', { key: 'Delete' })
    expect(store.network.nodes.map(({ id }) => id)).toEqual(['input-1', 'flatten-1', 'dense-2'])
  })

  it('selects by arrows, a row of layers with Shift, and one more with Control', async () => {
    const { store, shown, outline } = await show(network)
    await shown.findAll('[role="radio"]')[1]!.trigger('click')
    await flushPromises()
    await outline().trigger('keydown', { key: 'End' })
    expect(store.selection).toEqual(['dense-2'])
    await shown.get('.outline [data-id="flatten-1"]').trigger('click', { shiftKey: true })
    expect([...store.selection].sort()).toEqual(['dense-1', 'dense-2', 'flatten-1'])
    await shown.get('.outline [data-id="dense-1"]').trigger('click', { ctrlKey: true })
    expect([...store.selection].sort()).toEqual(['dense-2', 'flatten-1'])
  })
})

describe('the clipboard', () => {
  function clip(type: string, text = ''): { event: ClipboardEvent; data: DataTransfer } {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    const event = new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
    return { event, data }
  }

  it('carries layers as text, and cutting heals the wire', async () => {
    const { store } = await show(network)
    store.select(['dense-1'])
    const { event, data } = clip('cut')
    document.body.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    expect(JSON.parse(data.getData('text/plain'))).toMatchObject({ patchwork: 'layers', nodes: [{ id: 'dense-1' }] })
    expect(store.network.nodes).toHaveLength(3)
    document.body.dispatchEvent(clip('paste', data.getData('text/plain')).event)
    expect(store.network.nodes.at(-1)!.position).toEqual(network.nodes[2]!.position)
    expect(store.selection).toEqual(['dense-1'])
  })

  it('leaves other text, and text fields, to themselves', async () => {
    const { store, shown } = await show(network)
    store.select(['dense-1'])
    const field = shown.get('input').element
    const typed = clip('copy')
    field.dispatchEvent(typed.event)
    expect(typed.event.defaultPrevented).toBe(false)
    const other = clip('paste', 'a shopping list')
    document.body.dispatchEvent(other.event)
    expect(other.event.defaultPrevented).toBe(false)
    expect(store.network).toBe(network)
  })
})
