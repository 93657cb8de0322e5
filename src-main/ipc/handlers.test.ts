import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { app } from '@shared/ipc/app'
import { answer, callNames, type Handlers } from '@shared/ipc/contract'
import type { EngineContract } from '@shared/ipc/engine'
import type { FilterView, GuessedSample, TopGuesses } from '@shared/ipc/look'
import { emptyNetwork } from '@shared/network/document'
import type { NetworkPreview } from '@shared/ipc/preview'
import { everySample, sourceOrder } from '@shared/data/dataset'
import { emptyModuleShelf, ModuleShelfFile } from '@shared/project/module-shelf'
import { AppSettings, initialSettings } from '@shared/project/settings'
import { startHost } from '../engine-host/host'
import { createCapture } from '../services/capture'
import { createCollections } from '../services/collections'
import { createEdits } from '../services/edits'
import { createExports } from '../services/exports'
import { createImports } from '../services/imports'
import { createKeptData } from '../services/kept-data'
import { createKeptModules } from '../services/module-shelf'
import { createProjects, initialMemory, ProjectMemory } from '../services/projects'
import { createRuns } from '../services/runs'
import { createSettings } from '../services/settings'
import { createSourceFiles } from '../services/source-files'
import { memoryShelf, stored } from '../services/stored'
import { fakeDevice, fakeEngine, fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { createHandlers } from './handlers'

const folder = useTemporaryFolder()

const filters: FilterView = { node: 'conv2d-1', shape: [5, 5, 1, 20], values: new Float32Array(500), step: 7 }
const guesses: TopGuesses = { step: 7, right: [], wrong: [], looked: 0 }
const preview: NetworkPreview = { index: 3, row: 7, name: 'a.png', label: 1, step: 0, layers: [] }
const guess: GuessedSample = { sample: null, label: null, shape: [1, 1, 1], pixels: Uint8Array.of(9), top: [] }

/** A whole main process without Electron: every call goes from the border through the services to a fake engine. */
async function border(engineHandlers: Partial<Handlers<EngineContract>> = {}) {
  const home = await folder()
  const log = fakeLog()
  const engine = startHost({ launch: fakeEngine(engineHandlers).launch, log })
  const memory = stored(memoryShelf(), ProjectMemory, initialMemory, 'projects.json', log)
  const projects = createProjects({ home, memory, firstName: () => 'First', log, mayLeave: () => undefined })
  const runs = createRuns({
    engine,
    projectFolder: () => projects.folder(),
    log,
    changed: () => undefined,
    trash: async () => undefined,
  })
  const showFolder = vi.fn(async () => undefined)
  const handlers = createHandlers({
    about: () => {
      throw new Error('not asked for here')
    },
    settings: createSettings(stored(memoryShelf(), AppSettings, initialSettings, 'settings.json', log)),
    projects,
    modules: createKeptModules(stored(memoryShelf(), ModuleShelfFile, emptyModuleShelf, 'modules.json', log)),
    runs,
    exports: createExports({
      engine,
      runFolder: (id) => runs.folder(id),
      projectName: async () => 'First',
      chooseFolder: async () => null,
      log,
    }),
    keptData: createKeptData({
      projectFolder: () => projects.folder(),
      openSource: () => Promise.resolve(null),
      runSources: () => Promise.resolve([]),
      log,
      trash: () => Promise.resolve(),
    }),
    imports: createImports({ engine, projectFolder: () => projects.folder(), log }),
    sourceFiles: createSourceFiles({
      engine,
      pathsOf: async () => null,
      projectFolder: () => projects.folder(),
      manager: { openFolder: async () => '', showFile: () => undefined },
    }),
    collections: createCollections({ engine, projectFolder: () => projects.folder(), log }),
    capture: createCapture({ status: (device) => (device === 'camera' ? 'granted' : 'denied'), ask: async () => true }),
    edits: createEdits({ engine, projectFolder: () => projects.folder(), log }),
    engine,
    dialogs: {
      openProject: async () => null,
      saveProjectAs: async () => null,
      dataFiles: async () => ['/a.idx', '/b.idx'],
      dataFolder: async () => ['/animals'],
      exportFolder: async () => null,
      textFile: async () => null,
    },
    showFolder,
    log,
  })
  const call = (name: string, input: unknown = {}) => answer(app, handlers, name, input, { checkOutput: true })
  const value = async (name: string, input: unknown = {}) => {
    const reply = await call(name, input)
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.message}`)
    return reply.value
  }
  await value('currentProject')
  return { call, value, projects, showFolder, log }
}

describe('the calls of a window', () => {
  it('reach the engine with the folder of the run that they name', async () => {
    const asked: unknown[] = []
    const keep =
      <T>(answered: T) =>
      (input: unknown) => {
        asked.push(input)
        return answered
      }
    const { value, projects } = await border({
      readFilters: keep(filters),
      topGuesses: keep(guesses),
      guessFile: keep(guess),
      previewLayers: keep(preview),
    })
    const look = { network: emptyNetwork, source: { kind: 'sample', id: 'mnist' }, index: 3, seed: 1 }
    const file = { name: 'seven.png', bytes: Uint8Array.of(1, 2), invert: true }
    expect([
      await value('readFilters', { runId: 'run-0001', node: null }),
      await value('topGuesses', { runId: 'run-0001', right: 4, wrong: 4, seed: 0 }),
      await value('guessFile', { runId: 'run-0001', file }),
      await value('previewLayers', { ...look, runId: 'run-0001' }),
      await value('previewLayers', { ...look, runId: null }),
    ]).toEqual([filters, guesses, guess, preview, preview])
    const directory = join(projects.folder(), 'runs', 'run-0001')
    expect(asked).toEqual([
      { directory, node: null },
      { directory, right: 4, wrong: 4, seed: 0 },
      { directory, file },
      { ...look, directory },
      { ...look, directory: null },
    ])
  })

  it.each([
    ['readFilters', { runId: '../../etc', node: null }],
    ['readHistory', { runId: '..' }],
    ['deleteRun', { runId: 'runs/x' }],
    ['deleteRun', { runId: '' }],
    ['showFolder', { path: '' }],
    ['saveProject', { path: '/p', project: { version: 1 } }],
    ['writeSettings', { theme: 'sepia', language: 'en', layout: {} }],
    ['newProject', { name: '' }],
    ['topGuesses', { runId: 'run-0001', right: 1e9, wrong: 0, seed: 0 }],
  ])('%s with %j go no further than the border', async (name, input) => {
    const { call, showFolder } = await border()
    expect(await call(name, input)).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(showFolder).not.toHaveBeenCalled()
  })

  it('answer null where the person cancelled a dialog', async () => {
    const { value } = await border()
    expect([
      await value('openProject', { path: null }),
      await value('saveProjectAs'),
      await value('exportModel', { runId: 'run-0001', format: 'tfjs-layers' }),
    ]).toEqual([null, null, null])
    expect(await value('chooseDataFiles')).toEqual(['/a.idx', '/b.idx'])
  })

  it('give up the engine call behind them when they are given up', async () => {
    const heard: string[] = []
    const giveUp = new AbortController()
    const engine = startHost({
      launch: fakeEngine({
        readSamples: (_input, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              heard.push('given up')
              reject(new Error('given up'))
            })
            setTimeout(() => giveUp.abort())
          }),
      }).launch,
      log: fakeLog(),
    })
    const handlers = createHandlers({ ...unusedServices, engine })
    const request = {
      source: { kind: 'sample', id: 'mnist' },
      filter: everySample,
      order: sourceOrder,
      offset: 0,
      count: 1,
    }
    const reply = await answer(app, handlers, 'readSamples', request, { signal: giveUp.signal })
    expect([reply.ok, heard]).toEqual([false, ['given up']])
  })

  it('tell the state of the engine, and log what the window reports', async () => {
    const { value, log } = await border()
    expect(await value('restartEngine')).toMatchObject({ state: 'ready', device: fakeDevice })
    await value('reportError', { message: 'a bug in the window', stack: 'at App.vue:1' })
    expect(log.lines.at(-1)).toBe('error window: a bug in the window\nat App.vue:1')
  })

  it('are all that the contract names', async () => {
    const handlers = createHandlers(unusedServices)
    expect(Object.keys(handlers).sort()).toEqual(callNames(app).sort())
  })
})

const unusedServices = {} as Parameters<typeof createHandlers>[0]
