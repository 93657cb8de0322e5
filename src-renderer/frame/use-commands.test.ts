import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandIds } from '@shared/project/commands'
import { layerKinds } from '@shared/layers/registry'
import { englishText } from '@shared/messages/english'
import { initialSettings } from '@shared/project/settings'
import { useDatasetStore } from '@/stores/dataset'
import { useDialogsStore } from '@/stores/dialogs'
import { useDocumentStore } from '@/stores/document'
import { useLayoutStore } from '@/stores/layout'
import { useNoticesStore } from '@/stores/notices'
import { useRunsStore } from '@/stores/runs'
import { useSampleViewStore } from '@/stores/sample-view'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { digits, run } from '@/stores/testing/samples'
import { useWorkspaceStore } from '@/stores/workspace'
import { commandTable } from './commands'
import { useCommands, type Commands } from './use-commands'

enableAutoUnmount(afterEach)
afterEach(() => vi.unstubAllGlobals())

let bridge: ReturnType<typeof installFakeBridge>
let commands: Commands

beforeEach(() => {
  setActivePinia(createPinia())
  bridge = installFakeBridge({
    writeSettings: () => initialSettings,
    pauseRun: () => run({ state: 'paused' }),
    resumeRun: () => run({ state: 'running' }),
    stopRun: () => run({ state: 'stopped' }),
    readHistory: () => ({ loss: new Float32Array(), accuracy: new Float32Array(), epochs: [] }),
  })
  mount({ render: () => null, setup: () => void (commands = useCommands()) }, { attachTo: document.body })
})

function press(key: string, held: KeyboardEventInit = {}, target: EventTarget = window): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true, ...held })
  target.dispatchEvent(event)
  return event
}

/** The lines that the frame said, as message keys. */
function said(): (string | undefined)[] {
  return useNoticesStore().notices.map((notice) => notice.text?.key ?? notice.error?.code)
}

describe('the table', () => {
  it('holds every command of the native menu and every kind of layer', () => {
    const table = commandTable()
    expect(commandIds.filter((id) => !table.has(id))).toEqual([])
    expect([...layerKinds.keys()].filter((kind) => !table.has(`layer.${kind}`))).toEqual([])
  })

  it('names each command, its heading and its reasons in the message files', () => {
    const keys = [...commandTable().values()].flatMap((command) => [command.title, command.group, command.whyNot()])
    expect(keys.filter((key) => key !== null && englishText(key) === key)).toEqual([])
  })

  it('gives no key to two commands', () => {
    const keys = [...commandTable().values()].flatMap(({ shortcut }) => shortcut ?? [])
    expect(keys.length).toBe(new Set(keys).size)
  })
})

describe('keys', () => {
  it.each([
    ['2', 'design'],
    ['5', 'export'],
    ['1', 'data'],
  ])('Ctrl+%s goes to %s, and the native menu does not hear it', (key, workspace) => {
    const event = press(key, { code: `Digit${key}` })
    expect(useWorkspaceStore().current).toBe(workspace)
    expect(event.defaultPrevented).toBe(true)
  })

  it('Ctrl+K opens the palette; other keys wait until a dialog is closed', () => {
    press('k', { code: 'KeyK' })
    expect(useDialogsStore().open).toBe('palette')
    press('2', { code: 'Digit2' })
    expect(useWorkspaceStore().current).toBe('data')
  })

  it('the gallery opens in the Design workspace, which shows it', () => {
    commands.run('network.gallery')
    expect([useWorkspaceStore().current, useDialogsStore().open]).toEqual(['design', 'gallery'])
  })

  it('leaves a key that someone else took alone', () => {
    const taken = (event: Event): void => event.preventDefault()
    document.body.addEventListener('keydown', taken)
    press('2', { code: 'Digit2' }, document.body)
    document.body.removeEventListener('keydown', taken)
    expect(useWorkspaceStore().current).toBe('data')
  })

  it('Ctrl+Z takes back an edit on the canvas, but not while a person types, nor elsewhere', () => {
    const store = useDocumentStore()
    commands.run('layer.conv2d')
    expect(store.network.nodes.length).toBe(1)

    const field = document.body.appendChild(document.createElement('input'))
    expect(press('z', { code: 'KeyZ' }, field).defaultPrevented).toBe(false)
    expect(store.network.nodes.length).toBe(1)
    field.remove()

    useWorkspaceStore().go('data')
    expect(press('z', { code: 'KeyZ' }).defaultPrevented).toBe(false)
    expect(store.network.nodes.length).toBe(1)

    useWorkspaceStore().go('design')
    expect(press('z', { code: 'KeyZ' }).defaultPrevented).toBe(true)
    expect(store.network.nodes.length).toBe(0)
  })

  it('are about samples in Data', async () => {
    const source = { kind: 'sample' as const, id: 'mnist' }
    const digest = { line: 1, kind: 'remove' as const, count: 1, to: '' }
    const sums = { removed: 1, removedFromTest: 0, relabelled: 0, moved: 0, classes: 0, test: 0 }
    bridge.answers.openDataset = () => digits({ source, edits: { ...sums, undo: digest, redo: null } })
    bridge.answers.readRows = () => ({ rows: Uint32Array.of(3, 4) })
    bridge.answers.editDataset = () => digits({ source: { ...source, edits: { path: 'log', lines: 2 } } })
    await useDatasetStore().open(source)
    useWorkspaceStore().go('data')
    press('a', { code: 'KeyA' })
    await vi.waitFor(() => expect([...useSampleViewStore().chosen]).toEqual([3, 4]))
    press('z', { code: 'KeyZ' })
    await vi.waitFor(() => expect(bridge.named('editDataset')).toEqual([{ source, edit: { kind: 'undo', line: 1 } }]))
  })

  it('that edit do nothing behind a dialog', () => {
    commands.run('layer.dense')
    const dialog = document.body.appendChild(document.createElement('div'))
    dialog.setAttribute('role', 'dialog')
    const button = dialog.appendChild(document.createElement('button'))
    expect(press('z', { code: 'KeyZ' }, button).defaultPrevented).toBe(false)
    expect(useDocumentStore().network.nodes.length).toBe(1)
    dialog.remove()
  })

  it('Delete removes what is selected', () => {
    commands.run('layer.dense')
    expect(useDocumentStore().selection.length).toBe(1)
    press('Delete', { ctrlKey: false, code: 'Delete' })
    expect(useDocumentStore().network.nodes).toEqual([])
  })
})

describe('the native menu', () => {
  it('runs commands by their ids and ignores unknown ones', () => {
    bridge.emit('menuCommand', { id: 'settings.open' })
    expect(useDialogsStore().open).toBe('settings')
    bridge.emit('menuCommand', { id: 'no.such.thing' })
    expect(said()).toEqual([])
  })
})

describe('a command that cannot be run', () => {
  it.each([
    ['run.stop', 'app.cannot.noRun'],
    ['edit.undo', 'browse.cannot.undo'],
    ['edit.duplicate', 'app.cannot.design'],
    ['run.start', 'train.cannot.engine'],
  ])('%s says why: %s', (id, key) => {
    commands.run(id)
    expect(said()).toEqual([key])
  })

  it('says so where it stands in its own workspace too', () => {
    useWorkspaceStore().go('design')
    commands.run('edit.redo')
    commands.run('edit.delete')
    expect(said()).toEqual(['app.cannot.redo', 'app.cannot.selection'])
  })
})

describe('the run', () => {
  it('is paused by one command and taken up by the same', async () => {
    const runs = useRunsStore()
    runs.load()
    bridge.emit('runChanged', run({ state: 'running' }))
    commands.run('run.pause')
    await vi.waitFor(() => expect(runs.live?.state).toBe('paused'))
    commands.run('run.pause')
    await vi.waitFor(() => expect(runs.live?.state).toBe('running'))
    commands.run('run.stop')
    await vi.waitFor(() => expect(runs.live).toBeUndefined())
    const asked = bridge.calls.map(({ name }) => name).filter((name) => name.endsWith('Run'))
    expect(asked).toEqual(['pauseRun', 'resumeRun', 'stopRun'])
  })
})

it('the inspector is hidden and shown by its key', () => {
  const shown = useLayoutStore().flag('frame.inspector', true)
  press('i', { code: 'KeyI' })
  expect(shown.value).toBe(false)
  press('i', { code: 'KeyI' })
  expect(shown.value).toBe(true)
})
