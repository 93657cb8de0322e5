import type { OpenProject } from '@shared/ipc/app'
import { AppError } from '@shared/ipc/errors'
import { renameNode } from '@shared/network/edit'
import { initialSettings } from '@shared/project/settings'
import { plainLenet } from '@shared/testing/plain-lenet'
import { initialTraining } from '@shared/training/settings'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDocumentStore } from './document'
import { useLayoutStore } from './layout'
import { useNoticesStore } from './notices'
import { useProjectStore } from './project'
import { installFakeBridge } from './testing/fake-bridge'
import { useTrainingStore } from './training'

const network = plainLenet()
const first = network.nodes[0]!.id

function project(name: string): OpenProject {
  return { path: `/projects/${name}`, project: { version: 1, name, network, dataset: null, training: initialTraining } }
}

let bridge: ReturnType<typeof installFakeBridge>
let stop: () => void

async function loaded() {
  const store = useProjectStore()
  stop = await store.load()
  await flushPromises()
  return store
}

const saves = () => bridge.named('saveProject')

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  stop = () => undefined
  bridge = installFakeBridge({
    currentProject: () => project('first'),
    newProject: () => project('second'),
    openProject: () => null,
    saveProject: () => ({}),
    listRuns: () => [],
    writeSettings: (settings: unknown) => settings,
    readSettings: () => initialSettings,
  })
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('saving', () => {
  it('writes nothing that was only opened', async () => {
    const store = await loaded()
    await vi.advanceTimersByTimeAsync(5000)
    expect(store.saved).toBe(true)
    expect(saves()).toEqual([])
  })

  it('writes an edit soon after it, once for several in a row', async () => {
    const store = await loaded()
    useTrainingStore().change({ epochs: 9 })
    useDocumentStore().apply('rename', (before) => renameNode(before, first, 'A'))
    store.rename('  New name ')
    expect(store.saved).toBe(false)
    await vi.advanceTimersByTimeAsync(1000)
    expect(store.saved).toBe(true)
    expect(saves()).toHaveLength(1)
    expect(saves()[0]).toMatchObject({
      path: '/projects/first',
      project: { name: 'New name', training: { epochs: 9 }, network: { nodes: expect.anything() } },
    })
  })

  it('writes the last edit when the window closes', async () => {
    await loaded()
    useTrainingStore().change({ epochs: 7 })
    window.dispatchEvent(new Event('beforeunload'))
    expect(saves()).toHaveLength(1)
  })

  it('tries again after a failure with the next edit, and says what went wrong', async () => {
    const store = await loaded()
    bridge.answers.saveProject = () => {
      throw new AppError('unexpected', { detail: 'disk full' })
    }
    useTrainingStore().change({ epochs: 7 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(store.saved).toBe(false)
    expect(useNoticesStore().notices.map(({ error }) => error?.code)).toEqual(['unexpected'])
    bridge.answers.saveProject = () => ({})
    useTrainingStore().change({ epochs: 8 })
    await vi.advanceTimersByTimeAsync(1000)
    expect(store.saved).toBe(true)
  })
})

describe('another project', () => {
  it('is shown after the present one was saved', async () => {
    const store = await loaded()
    useTrainingStore().change({ epochs: 7 })
    await store.create('second')
    expect(bridge.calls.map(({ name }) => name).filter((name) => /Project$/.test(name))).toEqual([
      'currentProject',
      'saveProject',
      'newProject',
    ])
    expect(store.name).toBe('second')
    await vi.advanceTimersByTimeAsync(5000)
    expect(saves()).toHaveLength(1)
  })

  it('is not shown where the person cancels', async () => {
    const store = await loaded()
    await store.open(null)
    expect(store.name).toBe('first')
  })
})

describe('panels', () => {
  it('are remembered soon, and at once when asked', async () => {
    const layout = useLayoutStore()
    const width = layout.number('inspector', 280)
    width.value = 300
    width.value = 310
    expect(width.value).toBe(310)
    await vi.advanceTimersByTimeAsync(1000)
    width.value = 320
    await layout.flush()
    await layout.flush()
    const widths = bridge.named('writeSettings').map((settings) => settings)
    expect(widths).toMatchObject([{ layout: { inspector: 310 } }, { layout: { inspector: 320 } }])
  })
})
