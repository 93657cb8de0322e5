import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { chain } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { removeNodes, setValue } from '@shared/network/edit'
import { plainLenet } from '@shared/testing/plain-lenet'
import { i18n } from '@/i18n'
import { useComparisonStore } from '@/stores/comparison'
import { useDatasetStore } from '@/stores/dataset'
import { useDocumentStore } from '@/stores/document'
import { useEngineStore } from '@/stores/engine'
import { usePreviewsStore } from '@/stores/previews'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits, run } from '@/stores/testing/samples'
import DesignWorkspace from './DesignWorkspace.vue'

// Whole panels are mounted here, which takes its time on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
})

const lenet = plainLenet({ shape: [28, 28, 1], classes: 3 })

async function show(network: NetworkDocument, answers: Parameters<typeof installFakeBridge>[0] = {}) {
  installFakeBridge({ writeSettings: (settings: unknown) => settings, recentProjects: () => [], ...answers })
  const pinia = createPinia()
  setActivePinia(pinia)
  const store = useDocumentStore()
  useDatasetStore().summary = digits()
  store.reset(network)
  const shown = mount(() => h(TooltipProvider, () => h(DesignWorkspace)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  return { store, shown }
}

const inspector = () => document.getElementById('inspector')!
function buttonOf(text: string, within: ParentNode = document): HTMLElement {
  const found = [...within.querySelectorAll('button')].find((one) => one.textContent?.trim() === text)
  if (!found) throw new Error(`There is no button “${text}”`)
  return found
}
async function press(text: string, within?: ParentNode): Promise<void> {
  buttonOf(text, within).click()
  await flushPromises()
}

describe('finding by typing', () => {
  it('goes to a layer of the network', async () => {
    const { store, shown } = await show(lenet)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', code: 'KeyF', ctrlKey: true, cancelable: true }))
    await flushPromises()
    const field = shown.get('.pick [role="combobox"]')
    expect(field.attributes('aria-label')).toBe('Find a layer of the network')
    await field.setValue('dense 500')
    expect(shown.findAll('.pick [role="option"]')).toHaveLength(1)
    await field.trigger('keydown', { key: 'Enter' })
    expect(store.selection).toEqual(['dense-1'])
    expect(shown.find('.pick').exists()).toBe(false)
    expect(store.undoLabel).toBeUndefined()
  })

  it('says when nothing is found, and closes with Escape', async () => {
    const { shown } = await show(lenet)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', code: 'KeyF', ctrlKey: true, cancelable: true }))
    await flushPromises()
    await shown.get('.pick input').setValue('perceptron of tomorrow')
    expect(shown.get('.pick').text()).toContain('Nothing matches “perceptron of tomorrow”.')
    await shown.get('.pick input').trigger('keydown', { key: 'Enter' })
    expect(shown.find('.pick').exists()).toBe(true)
    await shown.get('.pick input').trigger('keydown', { key: 'Escape' })
    expect(shown.find('.pick').exists()).toBe(false)
  })
})

describe('what layers put out', () => {
  const answer = ({ index }: { index: number }) => ({
    index,
    row: 1000 + index,
    name: 'test.idx',
    label: 2,
    step: 0,
    layers: [
      preview('input-1', [28, 28, 1], 'maps', 24, 24),
      preview('conv2d-1', [24, 24, 20], 'maps', 24, 24, 7),
      preview('dense-2', [3], 'bars', 3, 2),
      // Of the network before an edit: not what the layer gives now.
      preview('dense-1', [77], 'bars', 77, 2),
    ],
  })
  const preview = (node: string, shape: number[], form: string, columns: number, rows: number, channels = 1) => {
    const values = new Uint8Array(channels * columns * rows)
    return { node, shape, form, channels, columns, rows, values, low: 0, high: 1 }
  }

  it('is shown under the cards once it is asked for, for the sample that is chosen', async () => {
    const { shown } = await show(lenet, { previewLayers: answer })
    expect(shown.findAll('.preview')).toHaveLength(0)
    useEngineStore().state = { state: 'ready', device: null, error: null, restarts: 0 }
    useDatasetStore().source = digits().source
    await shown.get('[aria-label="Show what each layer puts out"]').trigger('click')
    await vi.waitFor(() => expect(shown.findAll('.preview')).toHaveLength(3))
    expect(shown.get('[data-id="conv2d-1"] .preview').attributes('title')).toBe('Output: 7 of 20 channels, 0 to 1')
    expect(shown.findAll('[data-id="dense-2"] .preview path')).toHaveLength(1)
    const bar = shown.get('.preview-bar')
    expect(bar.text()).toMatch(/of 100.*Class: two.*untrained/)
    await bar.get('[aria-label="Next test sample"]').trigger('click')
    await vi.waitFor(() => expect(usePreviewsStore().latest?.index).toBe(1))
    await shown.get('[aria-label="Hide what the layers put out"]').trigger('click')
    expect(shown.findAll('.preview, .preview-bar')).toHaveLength(0)
  })

  it('cannot be shown without data, which is said', async () => {
    const { shown } = await show(lenet)
    useDatasetStore().summary = null
    useEngineStore().state = { state: 'ready', device: null, error: null, restarts: 0 }
    await shown.get('[aria-label="Show what each layer puts out"]').trigger('click')
    expect(shown.get('.preview-bar').text()).toContain('Open a data set: a sample of it is needed.')
  })
})

describe('buttons over the canvas', () => {
  it('keep their own keys', async () => {
    const { store, shown } = await show(lenet)
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
    shown.get('.tools button').element.dispatchEvent(event)
    expect([event.defaultPrevented, store.selection]).toEqual([false, []])
  })
})

describe('the footer', () => {
  it('tells size, computation, memory and, once it is known, the time of an epoch', async () => {
    const { shown, store } = await show(lenet)
    const part = (name: string) => shown.get(`.canvas-footer [data-part="${name}"]`).text()
    expect(['layers', 'parameters'].map(part)).toEqual(['8 layers', '427,573 parameters'])
    // 7 × 427,573 weights, and 20,487 + 2 × 11,520 values for each of 64 samples, in four bytes each.
    expect(part('memory')).toBe('training takes about 23.1 MB')
    expect(shown.get('.canvas-footer button').attributes('aria-disabled')).toBe('true')
    store.reset(
      removeNodes(
        lenet,
        lenet.nodes.map(({ id }) => id),
      ),
    )
    await flushPromises()
    expect(shown.find('.canvas-footer').exists()).toBe(false)
  })
})

describe('a comparison', () => {
  it('marks cards, shows what is gone, and lists every difference', async () => {
    const { shown, store } = await show(lenet)
    useComparisonStore().withRun(run({ number: 3, network: lenet }))
    await flushPromises()
    expect(inspector().textContent).toContain('The networks are the same.')
    store.apply('design.history.value', (network) =>
      removeNodes(setValue(network, 'dense-1', 'units', 100), ['max-pooling-2d-2']),
    )
    await flushPromises()
    expect(shown.find('[data-id="dense-1"] .change--changed').exists()).toBe(true)
    expect(shown.find('[data-id="flatten-1"] .change--follows').exists()).toBe(true)
    expect(shown.find('[data-id="conv2d-1"] .change').exists()).toBe(false)
    expect(shown.find('[data-id="gone max-pooling-2d-2"] .card--gone').exists()).toBe(true)
    const text = inspector().textContent ?? ''
    for (const words of ['Compared with Run 3', 'Units500 → 100', 'Output800 → 3,200', 'not here any more'])
      expect(text).toContain(words)
    inspector().querySelector<HTMLElement>('button[aria-label="End the comparison"]')!.click()
    await flushPromises()
    expect(shown.find('.change').exists()).toBe(false)
  })
})

describe('lifting', () => {
  it('tells what would change, does it in one step, and is undone in one', async () => {
    const stack = chain(
      ['sequence-input', { shape: [64, 1] }],
      ['conv1d', { kernel: [80] }],
      ['global-max-pooling-1d'],
      ['dense', { units: 3, activation: 'softmax' }],
    )
    const { store } = await show(stack)
    await press('Lift…', inspector())
    const dialog = () => document.querySelector('.pw-dialog')!
    expect(dialog().textContent).toContain('Convolution 1-D → Convolution 2-D')
    expect(dialog().textContent).toContain('Convolution 1-D: Kernel cut to what is allowed there.')
    await press('Lift', dialog())
    expect(store.network.nodes.map(({ kind }) => kind)).toEqual(['input', 'conv2d', 'global-max-pooling-2d', 'dense'])
    expect(store.network.nodes[0]?.values.shape).toEqual([28, 28, 1])
    expect(store.undoLabel).toBe('canvas.history.lift')
    store.undo()
    expect(store.network).toBe(stack)
  })
})
