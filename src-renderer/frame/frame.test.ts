import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h, ref, type Component } from 'vue'
import { AppError } from '@shared/ipc/errors'
import { addNode, newNode } from '@shared/network/edit'
import { chooseLanguage, i18n } from '@/i18n'
import { useDocumentStore } from '@/stores/document'
import { useNoticesStore } from '@/stores/notices'
import { useRunsStore } from '@/stores/runs'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { batch, epochMetrics, run } from '@/stores/testing/samples'
import { useWorkspaceStore } from '@/stores/workspace'
import CommandPalette from './CommandPalette.vue'
import type { Command } from './commands'
import DataDrop from './DataDrop.vue'
import LeftRail from './LeftRail.vue'
import NameDialog from './NameDialog.vue'
import NoticeToasts from './NoticeToasts.vue'
import StatusLine from './StatusLine.vue'

enableAutoUnmount(afterEach)
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

let pinia: Pinia
let bridge: ReturnType<typeof installFakeBridge>

beforeEach(() => {
  chooseLanguage('en')
  pinia = createPinia()
  setActivePinia(pinia)
  bridge = installFakeBridge({
    readHistory: () => ({ loss: new Float32Array(), accuracy: new Float32Array(), epochs: [] }),
    writeSettings: (settings: object) => settings,
  })
})

function show(component: Component, props: Record<string, unknown> = {}) {
  const host = { render: () => h(TooltipProvider, null, { default: () => h(component, props) }) }
  return mount(host, { attachTo: document.body, global: { plugins: [pinia, i18n] } })
}

describe('the rail', () => {
  it('shows the five steps in order, says how far each is, and goes there', async () => {
    const wrapper = show(LeftRail)
    const steps = wrapper.findAll('ol button')
    expect(steps.map((step) => step.attributes('data-workspace'))).toEqual([
      'data',
      'design',
      'train',
      'look',
      'export',
    ])
    expect(steps[0]?.attributes('data-mark')).toBe('empty')
    expect(steps[0]?.text()).toContain('Nothing here yet.')
    await steps[3]?.trigger('click')
    expect(useWorkspaceStore().current).toBe('look')
    expect(wrapper.find('[aria-current=page]').attributes('data-workspace')).toBe('look')
  })

  it('is walked by the arrow keys', async () => {
    const wrapper = show(LeftRail)
    const [first, second] = wrapper.findAll<HTMLButtonElement>('ol button')
    first?.element.focus()
    await first?.trigger('keydown', { key: 'ArrowDown' })
    expect(document.activeElement).toBe(second?.element)
    await second?.trigger('keydown', { key: 'ArrowUp' })
    await first?.trigger('keydown', { key: 'ArrowUp' })
    expect(document.activeElement).toBe(first?.element)
  })
})

describe('files dropped on the window', () => {
  const failing = () => {
    throw new AppError('unexpected', { detail: 'no IDX' })
  }

  function drop(): void {
    const event = new Event('drop', { bubbles: true, cancelable: true })
    Object.assign(event, { dataTransfer: { types: ['Files'], files: [new File([], 'images')], dropEffect: 'none' } })
    window.dispatchEvent(event)
  }

  it.each(['design', 'train', 'export'] as const)('in %s lead to Data and are opened there', async (from) => {
    bridge.answers.recognizeFiles = failing
    const workspace = useWorkspaceStore()
    workspace.go(from)
    show(DataDrop)
    drop()
    await flushPromises()
    expect(workspace.current).toBe('data')
    expect(bridge.named('recognizeFiles')).toEqual([{ paths: ['/files/images'] }])
  })

  it.each(['data', 'look'] as const)('in %s are left to that workspace', async (from) => {
    const workspace = useWorkspaceStore()
    workspace.go(from)
    show(DataDrop)
    drop()
    await flushPromises()
    expect(workspace.current).toBe(from)
    expect(bridge.named('recognizeFiles')).toEqual([])
  })
})

describe('the status line', () => {
  it('tells of a run from its first news to its end', async () => {
    const runs = useRunsStore()
    runs.load()
    const wrapper = show(StatusLine)
    const text = (): string =>
      wrapper
        .findAll('.status__run > .pw-clip, .status__rate')
        .map((part) => part.text())
        .filter(Boolean)
        .join(' | ')
    expect(text()).toBe('No run yet')

    bridge.emit('runChanged', run({ state: 'preparing' }))
    await runs.show('run-1')
    expect(text()).toContain('Run 1 · preparing')

    bridge.emit('runChanged', run({ state: 'running' }))
    bridge.emit('metrics', batch(0, 1, [1, 2, 3]))
    await flushPromises()
    expect(text()).toBe('Run 1 · epoch 1/5 | 1,234 samples/s · 1 min left')
    expect(wrapper.get('[role=progressbar]').attributes('aria-valuenow')).toBe('6')

    const majority = { name: 'one', share: 0.25 }
    bridge.emit('runChanged', run({ state: 'paused', majority }))
    await flushPromises()
    expect(text()).toBe('Run 1 · epoch 1/5 | paused')

    const epoch = { ...epochMetrics(1), accuracy: 0.5, validationAccuracy: null }
    bridge.emit('metrics', { ...batch(1, 4, [1]), epochs: [epoch] })
    await flushPromises()
    expect(text()).toBe('Run 1 · epoch 1/5 | paused · accuracy 50.0% · always guessing 25.0%')
    bridge.emit('metrics', { ...batch(2, 5, [1]), epochs: [{ ...epoch, validationAccuracy: 0.75 }] })
    bridge.emit('metrics', batch(3, 6, [1]))
    bridge.emit('runChanged', run({ state: 'running', majority }))
    await flushPromises()
    expect(text()).toContain('1 min left · validation accuracy 75.0% · always guessing 25.0%')

    const test = { samples: 100, loss: 0.1, accuracy: 0.9876 }
    bridge.emit('runChanged', run({ state: 'finished', stepsDone: 50, test }))
    await flushPromises()
    expect(text()).toBe('Run 1 · finished · test accuracy 98.8%')
  })

  it('a click goes to the run, and a click on the problems to the layer to blame', async () => {
    const wrapper = show(StatusLine)
    await wrapper.get('.status__run').trigger('click')
    expect(useWorkspaceStore().current).toBe('train')
    const problems = wrapper.findAll('.status__part')[1]
    expect(problems?.text()).toBe('No network yet')
    useDocumentStore().apply('design.history.add', (network) =>
      addNode(network, newNode(network, 'dense', { x: 0, y: 0 })),
    )
    await flushPromises()
    expect(problems?.text()).toBe('2 problems')
    await problems?.trigger('click')
    expect(useWorkspaceStore().current).toBe('design')
  })
})

describe('notices', () => {
  it('an error says what happened and what to do, and stays until it is closed', async () => {
    vi.useFakeTimers()
    const wrapper = show(NoticeToasts)
    useNoticesStore().fail(new AppError('project-newer', { path: '/a', version: 2, known: 1 }))
    await wrapper.vm.$nextTick()
    expect(wrapper.get('[role=alert]').text()).toMatch(/newer Patchwork.*Update Patchwork/s)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(wrapper.find('[role=alert]').exists()).toBe(true)
    await wrapper.get('button').trigger('click')
    expect(wrapper.find('[role=alert]').exists()).toBe(false)
  })

  it('a word goes by itself, but not from under the pointer', async () => {
    vi.useFakeTimers()
    const wrapper = show(NoticeToasts)
    useNoticesStore().done('app.cannot.undo')
    await wrapper.vm.$nextTick()
    const toast = wrapper.get('.toast')
    expect(toast.text()).toBe('There is nothing to undo.')
    await toast.trigger('pointerenter')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(wrapper.find('.toast').exists()).toBe(true)
    await toast.trigger('pointerleave')
    await vi.advanceTimersByTimeAsync(7000)
    expect(wrapper.find('.toast').exists()).toBe(false)
  })
})

describe('the palette', () => {
  const command = (id: string, title: string, why: string | null = null): Command => ({
    id,
    title,
    group: 'app.groups.edit',
    icon: 'undo-2',
    whyNot: () => why,
    run: () => {},
  })
  const commands = [
    command('edit.undo', 'menu.commands.edit.undo', 'app.cannot.undo'),
    command('edit.redo', 'menu.commands.edit.redo'),
    command('palette.open', 'menu.commands.palette.open'),
  ]

  async function openPalette(query: string) {
    const ran = vi.fn()
    const open = ref(true)
    const palette = () =>
      h(CommandPalette, { open: open.value, 'onUpdate:open': (shown) => (open.value = shown), commands, onRun: ran })
    show({ render: palette })
    await flushPromises()
    const input = document.querySelector('input')!
    input.value = query
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await flushPromises()
    return { ran, options: [...document.querySelectorAll('[role=option]')] }
  }

  it.each([
    ['en', '', ['Undo', 'Redo']],
    ['en', 'red', ['Redo']],
    ['ru', 'повт', ['Повторить']],
    ['ru', 'redo', ['Повторить']],
    ['en', 'nothing such', []],
  ] as const)('in %s finds by %j: %j', async (language, query, titles) => {
    chooseLanguage(language)
    const { options } = await openPalette(query)
    expect(options.map((option) => option.querySelector('.pw-menu__words')?.firstChild?.textContent?.trim())).toEqual(
      titles,
    )
  })

  it('says why a command cannot be used, and does not run it', async () => {
    const { options, ran } = await openPalette('undo')
    expect(options[0]?.textContent).toContain('There is nothing to undo.')
    options[0]?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    expect(ran).not.toHaveBeenCalled()
  })

  const field = () => document.querySelector('input')!
  const press = async (key: string) => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await flushPromises()
  }
  const move = async (option: Element | undefined, movementX: number) => {
    option?.dispatchEvent(new MouseEvent('pointermove', { bubbles: true, movementX }))
    await flushPromises()
  }
  const highlighted = () =>
    [...document.querySelectorAll('[role=option]')].findIndex(
      (one) => one.id === field().getAttribute('aria-activedescendant'),
    )

  it('takes with Enter what is shown first, although the list grew shorter under the pointer', async () => {
    const { ran } = await openPalette('re')
    // What a browser sends where the list ends above the pointer now, and where the focus was away for a moment.
    const list = document.querySelector('[role=listbox]')!
    for (const target of [list, list.parentElement!]) target.dispatchEvent(new MouseEvent('pointerleave'))
    field().dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget: document.body }))
    await flushPromises()
    await press('Enter')
    expect(ran).toHaveBeenCalledExactlyOnceWith('edit.redo')
  })

  it('is walked by arrow keys, round and round, and begins anew with each letter', async () => {
    await openPalette('')
    const seen = []
    for (const key of ['', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
      await press(key)
      seen.push(highlighted())
    }
    expect(seen).toEqual([0, 1, 0, 1])
    field().value = 'd'
    field().dispatchEvent(new Event('input', { bubbles: true }))
    await flushPromises()
    expect(highlighted()).toBe(0)
  })

  it('follows the pointer when it moves, not when the list moves under it', async () => {
    const { options } = await openPalette('')
    await move(options[1], 0)
    expect(highlighted()).toBe(0)
    await move(options[1], 3)
    expect(highlighted()).toBe(1)
  })

  it('does not run with Enter another command than the one that was asked for and cannot be used', async () => {
    const { ran } = await openPalette('do')
    expect(highlighted()).toBe(0)
    await press('Enter')
    expect(ran).not.toHaveBeenCalled()
    expect(document.querySelector('[role=listbox]')).not.toBeNull()
  })

  it('runs a command by click', async () => {
    const { options, ran } = await openPalette('redo')
    options[0]?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await flushPromises()
    expect(ran).toHaveBeenCalledWith('edit.redo')
  })
})

describe('asking for a name', () => {
  it.each([
    ['  Cats  ', ['Cats']],
    ['   ', []],
  ])('%j gives %j', async (text, names) => {
    const done: string[] = []
    const props = { open: true, title: 'New project', action: 'Create', initial: 'New project' }
    show(NameDialog, { ...props, onDone: (name: string) => done.push(name) })
    await flushPromises()
    const input = document.querySelector('input')!
    input.value = text
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await flushPromises()
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    expect(done).toEqual(names)
  })
})
