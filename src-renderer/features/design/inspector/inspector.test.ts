import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { choice, int, real, size, toggle, type Param } from '@shared/layers/params'
import { layerKinds } from '@shared/layers/registry'
import { addAt, addBehind } from '@shared/network/arrange'
import { chain } from '@shared/network/chain'
import { emptyNetwork, type NetworkDocument, type Value } from '@shared/network/document'
import { addNode, newNode, removeNodes, setValue } from '@shared/network/edit'
import { plainLenet } from '@shared/testing/plain-lenet'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useDocumentStore } from '@/stores/document'
import { useClipboard } from '../use-clipboard'
import { useDesignActions } from '../use-design-actions'
import { provideNetworkView } from '../use-network-view'
import { digits } from '@/stores/testing/samples'
import DesignInspector from './DesignInspector.vue'
import WeightsField from './WeightsField.vue'
import ParamControl from '@/params/ParamControl.vue'

const lenet = plainLenet({ shape: [28, 28, 1], classes: 3 })

// Whole panels are mounted here, which takes its time on a machine that is busy with others.
vi.setConfig({ testTimeout: 60_000 })
enableAutoUnmount(afterEach)
beforeEach(() => {
  i18n.global.locale.value = 'en'
  setActivePinia(createPinia())
})

function show(network: NetworkDocument, selection: readonly string[] = []) {
  const store = useDocumentStore()
  useDatasetStore().summary = digits()
  store.reset(network)
  store.select(selection)
  const host = defineComponent(() => {
    const view = provideNetworkView()
    const actions = useDesignActions()
    const clipboard = useClipboard(actions, { paste: () => false }, () => true)
    return () => h(TooltipProvider, () => h(DesignInspector, { view, actions, clipboard }))
  })
  const shown = mount(host, { global: { plugins: [i18n] }, attachTo: document.body })
  const button = (name: string) => shown.findAll('button').find((one) => one.text().includes(name))
  const fact = (name: string) =>
    shown
      .findAll('dl > div')
      .find((one) => one.get('dt').text() === name)
      ?.get('dd')
      .text()
  return { store, shown, button, fact }
}

describe('one layer', () => {
  it('shows what follows from its place and settings', () => {
    const { shown, fact } = show(lenet, ['conv2d-2'])
    expect(fact('Input')).toBe('12 × 12 × 20')
    expect(fact('Output')).toBe('8 × 8 × 50')
    expect(fact('Parameters')).toBe('25,050')
    expect(fact('Multiply-adds')).toBe('1,600,000')
    expect(fact('Receptive field')).toBe('14 × 14 px')
    expect(fact('Step in the input')).toBe('2 × 2 px')
    expect(shown.text()).toContain('A group of neurons looks at a small window')
  })

  it('may use the weights of another layer of its kind, where they fit', async () => {
    const dense = ['dense', { units: 16 }] as const
    const network = chain(['input', { shape: [4, 4, 1] }], ['flatten'], dense, dense, ['dense', { units: 3 }])
    const { store, shown, fact } = show(network, ['dense-2'])
    const field = () => shown.getComponent(WeightsField)
    const select = () => field().findComponent({ name: 'PwSelect' })
    expect(select().props('options')).toEqual([
      { value: 'its own', label: 'Its own' },
      { value: 'dense-1', label: 'Same as “Dense (1)”' },
      { value: 'dense-3', label: 'Same as “Dense (3)”' },
    ])
    select().vm.$emit('update:modelValue', 'dense-1')
    await flushPromises()
    expect(store.facts.get('dense-2')?.tiedTo).toBe('dense-1')
    expect(fact('Parameters')).toBe('as in “Dense (1)”')
    expect(select().props('modelValue')).toBe('dense-1')
    store.select(['dense-1'])
    await flushPromises()
    expect(field().text()).toContain('Layers that use its weights too: 1')
    store.select(['dense-2'])
    await flushPromises()
    select().vm.$emit('update:modelValue', 'its own')
    await flushPromises()
    expect(store.network).toEqual(network)
    store.undo()
    expect(store.facts.get('dense-2')?.tiedTo).toBe('dense-1')
    store.undo()
    expect(store.network).toBe(network)
  })

  it.each([
    ['a layer without weights', ['flatten-1']],
    ['a layer that stands alone with its kind', ['conv2d-1']],
  ])('%s has no choice of weights', (_what, selection) => {
    const network = chain(['input', { shape: [8, 8, 1] }], ['conv2d'], ['flatten'], ['dense'])
    const labels = show(network, selection).shown.findAll('label')
    expect(labels.map((label) => label.text())).not.toContain('Weights')
  })

  it('sees the whole input behind a dense layer', () => {
    expect(show(lenet, ['dense-1']).fact('Receptive field')).toBe('the whole input')
  })

  it.each([
    [
      'a sequence',
      chain(['sequence-input', { shape: [8000, 1] }], ['conv1d', { kernel: [80], strides: [4] }]),
      '80 values',
      '4 values',
    ],
    [
      'a volume',
      chain(['volume-input'], ['conv3d', { kernel: [1, 3, 5], strides: [1, 2, 2] }]),
      '1 × 3 × 5 voxels',
      '1 × 2 × 2 voxels',
    ],
  ])('measures the field of %s in its own axes', (_, network, field, step) => {
    const { fact } = show(network, [network.nodes[1]!.id])
    expect(fact('Receptive field')).toBe(field)
    expect(fact('Step in the input')).toBe(step)
  })

  it.each([...layerKinds.values()].map((kind) => [kind.kind, kind] as const))(
    'has a control for each setting of %s that is to be shown',
    (name, kind) => {
      const { network, id } = addBehind(lenet, name, 'input-1')
      const { shown } = show(network, [id])
      const labels = Object.entries(kind.params).filter(([, { showWhen }]) => showWhen?.(kind.complete({})) ?? true)
      expect(shown.findAll('.pw-field:not(.layer__pin)')).toHaveLength(labels.length)
    },
  )

  it('edits a setting in the document, as one step of the history until it is left', async () => {
    const { store, shown } = show(lenet, ['conv2d-1'])
    const filters = shown.get('input[role="spinbutton"]')
    for (const key of ['ArrowUp', 'ArrowUp']) await filters.trigger('keydown', { key })
    expect(store.network.nodes[1]!.values.filters).toBe(22)
    await filters.trigger('focusout')
    await filters.trigger('keydown', { key: 'ArrowUp' })
    store.undo()
    expect(store.network.nodes[1]!.values.filters).toBe(22)
    store.undo()
    expect(store.network).toBe(lenet)
  })

  it('names the fault and mends it by one click', async () => {
    const { store, shown, button } = show(removeNodes(lenet, ['flatten-1']), ['dense-1'])
    expect(shown.text()).toContain('Wrong number of axes: this layer takes 1, but gets 3 (4 × 4 × 50).')
    await button('Put “Flatten” in front')!.trigger('click')
    expect(store.problems).toEqual([])
  })

  it('shows a first value where the file holds a wrong one, and resets it', async () => {
    const { store, shown, button } = show(setValue(lenet, 'conv2d-1', 'filters', -4), ['conv2d-1'])
    expect(shown.text()).toContain('“Filters” must be a whole number from 1 to 4,096.')
    await button('Reset “Filters”')!.trigger('click')
    expect(store.network.nodes[1]!.values.filters).toBe(32)
  })

  it('gives it a name, and its kind’s own back when the name is emptied', async () => {
    const { store, shown } = show(lenet, ['conv2d-1'])
    const name = shown.get('input')
    await name.setValue('Eyes')
    await name.trigger('keydown', { key: 'Enter' })
    expect(store.network.nodes[1]!.name).toBe('Eyes')
    expect(shown.text()).toContain('Convolution 2-D')
    await name.setValue('')
    await name.trigger('blur')
    expect(name.attributes('placeholder')).toBe('Convolution 2-D (1)')
  })

  it('cuts a wire and draws another without a pointer', async () => {
    const { store, shown, button } = show(lenet, ['dense-2'])
    await shown.get('[aria-label="Cut the wire from “Dense (1)”"]').trigger('click')
    expect(store.network.wires.some(({ to }) => to === 'dense-2')).toBe(false)
    expect(shown.text()).toContain('No layer yet')
    await button('Connect from…')!.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const choice = [...document.querySelectorAll('[role="menuitem"]')].find((one) =>
      one.textContent?.includes('Flatten'),
    )
    choice?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await flushPromises()
    expect(store.network.wires.at(-1)).toMatchObject({ from: 'flatten-1', to: 'dense-2' })
  })

  it('keeps a layer that this version does not know, and says so', () => {
    const { shown } = show(addNode(lenet, newNode(lenet, 'hologram', { x: 0, y: 0 })), ['hologram-1'])
    expect(shown.text()).toContain('This version of Patchwork does not know the layer “hologram”.')
  })
})

describe('nothing selected', () => {
  it('shows the sums, and that all is well', () => {
    const { shown, fact } = show(lenet)
    expect(fact('Layers')).toBe('8')
    expect(fact('Parameters')).toBe('427,573')
    expect(fact('Memory of the weights')).toBe('1.7 MB')
    expect(shown.text()).toContain('No problems: it can train on MNIST.')
  })

  it('lists the problems with their layers, and goes to one', async () => {
    const { store, button } = show(addAt(lenet, 'activation', { x: 400, y: 0 }).network)
    await button('Activation')!.trigger('click')
    expect(store.selection).toEqual(['activation-1'])
  })

  it('takes a template that fits the data, as a step that can be undone', async () => {
    const { store, shown } = show(lenet)
    await shown.get('[data-template="one-module"]').trigger('click')
    expect(store.network.nodes).toHaveLength(5)
    expect(store.problems).toEqual([])
    store.undo()
    expect(store.network).toBe(lenet)
  })

  it('says how a network is built where there is none', () => {
    expect(show(emptyNetwork).shown.text()).toContain('Drag a layer from the left onto the canvas.')
  })
})

describe('several selected', () => {
  it('counts them and sums them up', () => {
    const { shown, fact } = show(lenet, ['conv2d-1', 'conv2d-2', 'wire-1'])
    expect(shown.text()).toContain('2 layers selected')
    expect(fact('Parameters')).toBe('25,570')
  })

  it('deletes them all in one step', async () => {
    const { store, button } = show(lenet, ['conv2d-1', 'conv2d-2'])
    await button('Delete')!.trigger('click')
    expect(store.network.nodes).toHaveLength(6)
    store.undo()
    expect(store.network).toBe(lenet)
  })

  it('tells of a wire alone what it joins and carries', () => {
    const { fact } = show(lenet, ['wire-1'])
    expect([fact('From'), fact('To'), fact('Carries')]).toEqual(['Input', 'Convolution 2-D (1)', '28 × 28 × 1'])
  })

  it('counts in Russian as Russians do', () => {
    i18n.global.locale.value = 'ru'
    expect(show(lenet, ['conv2d-1', 'conv2d-2']).shown.text()).toContain('Выделено 2 слоя')
    expect(
      show(
        lenet,
        lenet.nodes.map(({ id }) => id),
      ).shown.text(),
    ).toContain('Выделено 8 слоёв')
  })
})

describe('the control of a setting', () => {
  function control(param: Param, value: Value) {
    const changes: Value[] = []
    const props = {
      owner: 'layers.conv2d',
      name: 'filters',
      param,
      value,
      onChange: (next: Value) => changes.push(next),
    }
    const shown = mount(() => h(TooltipProvider, () => h(ParamControl, props)), {
      global: { plugins: [i18n] },
      attachTo: document.body,
    })
    return { shown, changes }
  }

  it('of a whole number refuses a broken one', async () => {
    const { shown, changes } = control(int({ initial: 3, min: 1, max: 9 }), 3)
    const input = shown.get('input')
    await input.setValue('2.5')
    await input.trigger('keydown', { key: 'Enter' })
    await input.setValue('7')
    await input.trigger('keydown', { key: 'Enter' })
    expect(changes).toEqual([7])
  })

  it('of a real number takes a step', async () => {
    const { shown, changes } = control(real({ initial: 0.5, min: 0, max: 1, step: 0.05 }), 0.5)
    await shown.get('input').trigger('keydown', { key: 'ArrowUp' })
    expect(changes).toEqual([0.55])
  })

  it('of a choice shows its word', () => {
    const { shown } = control(choice({ initial: 'same', options: ['valid', 'same'], texts: 'padding' }), 'same')
    expect(shown.text()).toContain('Same')
  })

  it('of a toggle turns over', async () => {
    const { shown, changes } = control(toggle({ initial: true, texts: 'bias' }), true)
    await shown.get('[role="switch"]').trigger('click')
    expect(changes).toEqual([false])
  })

  it('of a window sets both sides together while they are equal', async () => {
    const { shown, changes } = control(size({ initial: [3, 3], min: 1, max: 9, texts: 'strides' }), [3, 3])
    await shown.findAll('input')[0]!.trigger('keydown', { key: 'ArrowUp' })
    expect(changes).toEqual([[4, 4]])
  })

  it('of a picture’s size has a field of its own for each axis', async () => {
    const param = size({
      initial: [28, 28, 1],
      min: 1,
      max: 99,
      axes: ['height', 'width', 'channels'],
      texts: 'strides',
    })
    const { shown, changes } = control(param, [28, 28, 1])
    expect(shown.findAll('.axes__name').map((one) => one.text())).toEqual(['Height', 'Width', 'Channels'])
    await shown.findAll('input')[2]!.trigger('keydown', { key: 'ArrowUp' })
    expect(changes).toEqual([[28, 28, 2]])
  })
})
