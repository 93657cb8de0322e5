import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { branches } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { outputsOf, setOutput } from '@shared/network/outputs'
import { i18n } from '@/i18n'
import { useDocumentStore } from '@/stores/document'
import PwNumber from '@/ui/PwNumber.vue'
import PwSelect from '@/ui/PwSelect.vue'
import PwToggle from '@/ui/PwToggle.vue'
import { useDesignActions } from '../use-design-actions'
import OutputSection from './OutputSection.vue'

enableAutoUnmount(afterEach)
beforeEach(() => {
  i18n.global.locale.value = 'en'
  setActivePinia(createPinia())
})

/** The main end is `dense-1`; `dense-2` leads nowhere. */
const forked = branches(
  ['input', { shape: [8, 8, 1] }, { mark: 'in' }],
  ['conv2d', {}],
  ['flatten'],
  ['dense', { units: 3, activation: 'softmax' }],
  ['flatten', {}, { from: ['in'] }],
  ['dense', { units: 3, activation: 'softmax' }],
)
const twoOutputs = setOutput(forked, 'dense-2', { loss: 'classes', weight: 0.3 })

function show(network: NetworkDocument, id: string) {
  const store = useDocumentStore()
  store.reset(network)
  const host = defineComponent(() => {
    const actions = useDesignActions()
    return () => h(TooltipProvider, () => h(OutputSection, { id, actions }))
  })
  const shown = mount(host, { global: { plugins: [i18n] }, attachTo: document.body })
  return {
    store,
    shown,
    outputs: () => outputsOf(store.network).map(({ id, loss, weight }) => `${id} ${loss} ${weight}`),
  }
}

describe('the inspector of an end', () => {
  it.each([
    ['the only output', branches(['input'], ['flatten'], ['dense', { units: 3, activation: 'softmax' }]), 'dense-1'],
    ['a layer in the middle', twoOutputs, 'conv2d-1'],
    ['an input', twoOutputs, 'input-1'],
  ])('says nothing of %s', (_what, network, id) => expect(show(network, id).shown.text()).toBe(''))

  it('makes a loose end an output, and takes that back', async () => {
    const { shown, outputs, store } = show(forked, 'dense-2')
    const toggle = () => shown.findComponent(PwToggle)
    expect(toggle().props('modelValue')).toBe(false)
    expect(shown.findComponent(PwSelect).exists()).toBe(false)
    toggle().vm.$emit('update:modelValue', true)
    await shown.vm.$nextTick()
    expect(outputs()).toEqual(['dense-1 classes 1', 'dense-2 classes 0.3'])
    expect(toggle().props('modelValue')).toBe(true)
    toggle().vm.$emit('update:modelValue', false)
    expect(outputs()).toEqual(['dense-1 classes 1'])
    store.undo()
    expect(outputs()).toHaveLength(2)
  })

  it('sets what an output is judged by, and how much that counts', async () => {
    const { shown, outputs } = show(twoOutputs, 'dense-2')
    shown.findComponent(PwNumber).vm.$emit('update:modelValue', 0.5)
    expect(outputs()).toEqual(['dense-1 classes 1', 'dense-2 classes 0.5'])
    shown.findComponent(PwSelect).vm.$emit('update:modelValue', 'sample')
    await shown.vm.$nextTick()
    expect(outputs()).toEqual(['dense-1 classes 1', 'dense-2 sample 0.5'])
    expect(shown.text()).not.toContain('Make it the main output')
  })

  it('says which one is the main output, weighs it, and lets another one be it', async () => {
    const main = show(twoOutputs, 'dense-1')
    expect(main.shown.text()).toContain('This is the main output')
    expect(main.shown.findComponent(PwToggle).exists()).toBe(false)
    main.shown.findComponent(PwNumber).vm.$emit('update:modelValue', 2)
    expect(main.outputs()).toEqual(['dense-1 classes 2', 'dense-2 classes 0.3'])
    main.shown.unmount()
    const other = show(twoOutputs, 'dense-2')
    await other.shown.get('button.pw-button').trigger('click')
    expect(other.outputs()).toEqual(['dense-2 classes 0.3', 'dense-1 classes 1'])
    expect(other.shown.text()).toContain('This is the main output')
  })
})
