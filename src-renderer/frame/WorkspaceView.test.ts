import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, shallowRef, Teleport } from 'vue'
import { chooseLanguage, i18n } from '@/i18n'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { useWorkspaceStore } from '@/stores/workspace'
import WorkspaceView from './WorkspaceView.vue'

const broken = shallowRef(false)
const selected = shallowRef(false)

vi.mock('./workspaces', () => {
  const Data = defineComponent(() => () => {
    if (broken.value) throw new TypeError('the cake is a lie')
    const inspector = () => h(Teleport, { to: '#inspector', defer: true }, [h('p', 'about the picture')])
    return h('div', ['the pictures', selected.value ? inspector() : null])
  })
  const Other = defineComponent(() => () => h('div', 'the network'))
  const entry = (view: unknown) => ({ icon: 'images', view })
  return {
    workspaceEntries: {
      data: entry(Data),
      design: entry(Other),
      train: entry(Other),
      look: entry(Other),
      export: entry(Other),
    },
  }
})

enableAutoUnmount(afterEach)
afterEach(() => vi.unstubAllGlobals())

let bridge: ReturnType<typeof installFakeBridge>

beforeEach(() => {
  chooseLanguage('en')
  broken.value = false
  selected.value = false
  bridge = installFakeBridge({ reportError: () => ({}), writeSettings: (settings: object) => settings })
})

function show() {
  const pinia = createPinia()
  setActivePinia(pinia)
  const host = { render: () => h(TooltipProvider, null, { default: () => h(WorkspaceView) }) }
  return mount(host, { attachTo: document.body, global: { plugins: [pinia, i18n] } })
}

it('a workspace that fails says so, is logged, and can be shown again', async () => {
  const wrapper = show()
  expect(wrapper.get('.workspace').text()).toBe('the pictures')
  broken.value = true
  await flushPromises()
  expect(wrapper.get('[role=alert]').text()).toContain('the cake is a lie')
  expect(bridge.named('reportError')).toMatchObject([{ message: 'the cake is a lie' }])
  broken.value = false
  await wrapper.get('[role=alert] button').trigger('click')
  expect(wrapper.get('.workspace').text()).toBe('the pictures')
})

it('another workspace is not touched by it', async () => {
  const wrapper = show()
  broken.value = true
  await flushPromises()
  useWorkspaceStore().go('design')
  await flushPromises()
  expect(wrapper.get('.workspace').text()).toBe('the network')
  expect(wrapper.find('[role=alert]').exists()).toBe(false)
})

it('the inspector holds what the workspace puts there', async () => {
  const wrapper = show()
  selected.value = true
  await flushPromises()
  expect(wrapper.get('#inspector').text()).toBe('about the picture')
  selected.value = false
  await flushPromises()
  expect(wrapper.get('#inspector').text()).toBe('')
})
