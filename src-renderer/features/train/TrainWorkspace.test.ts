import { AppError } from '@shared/ipc/errors'
import { emptyNetwork } from '@shared/network/document'
import { templateNetwork } from '@shared/network/templates'
import { initialSettings } from '@shared/project/settings'
import type { RunHistory } from '@shared/training/metrics'
import type { ComputeReport } from '@shared/training/precision'
import type { RunRecord } from '@shared/training/run'
import { initialTraining } from '@shared/training/settings'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import type { ChartPanel } from '@/charts/types'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useDocumentStore } from '@/stores/document'
import { useEngineStore } from '@/stores/engine'
import { useNoticesStore } from '@/stores/notices'
import { useRunsStore } from '@/stores/runs'
import { installFakeBridge } from '@/stores/testing/fake-bridge'
import { batch, digits, epochMetrics, run } from '@/stores/testing/samples'
import { useTrainingStore } from '@/stores/training'
import { useWorkspaceStore } from '@/stores/workspace'
import TrainWorkspace from './TrainWorkspace.vue'

const network = templateNetwork('lenet', { shape: [28, 28, 1], classes: 3 }) ?? emptyNetwork
/** Eight steps an epoch with the 900 samples of a tenth held out. */
const settings = { ...initialTraining, batchSize: 128, epochs: 5, validationShare: 0.1 }
const finished = run({
  id: 'old',
  settings,
  number: 1,
  state: 'finished',
  network,
  epochsDone: 5,
  stepsDone: 40,
  lastEpoch: epochMetrics(5, { validationAccuracy: 0.975 }),
  test: { samples: 100, loss: 0.1, accuracy: 0.981 },
  seconds: 62,
  imagesPerSecond: 1480,
})

const noCurves: RunHistory = { loss: new Float32Array(), accuracy: new Float32Array(), epochs: [] }

interface Scene {
  readonly listed?: RunRecord[]
  readonly history?: RunHistory
  readonly data?: boolean
  readonly drawn?: boolean
  readonly engine?: 'starting' | 'ready' | 'crashed'
}

async function show({ listed = [], history = noCurves, data = true, drawn = true, engine = 'ready' }: Scene = {}) {
  const device = { backend: 'tensorflow', device: 'cpu' as const, name: 'Some CPU', cores: 2, why: 'no-gpu-driver' }
  const bridge = installFakeBridge({
    openDataset: () => digits(),
    readSettings: () => initialSettings,
    writeSettings: (settings: unknown) => settings,
    engineState: () => ({
      state: engine,
      device: { ...device, tensorflow: '2', tfjs: '4', node: '18' },
      error: null,
      restarts: 0,
    }),
    restartEngine: () => ({ state: 'starting', device: null, error: null, restarts: 1 }),
    listRuns: () => listed,
    readHistory: () => history,
    readFilters: () => ({ node: 'n', shape: [1, 1, 1, 20], values: new Float32Array(20).fill(0.5), step: 40 }),
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  // Held here: a late write of the layout by another test's stores makes their pinia the active one.
  const runs = useRunsStore()
  const design = useDocumentStore()
  const training = useTrainingStore()
  const notices = useNoticesStore()
  const workspace = useWorkspaceStore()
  await useEngineStore(pinia).load()
  if (data) useDatasetStore(pinia).restore({ kind: 'sample', id: 'mnist' })
  if (drawn) design.reset(network)
  runs.load()
  await runs.refresh()
  const shown = mount(() => h(TooltipProvider, () => h(TrainWorkspace)), {
    global: { plugins: [pinia, i18n], stubs: { LineChart: true } },
    attachTo: document.body,
  })
  await flushPromises()
  const button = (name: RegExp) =>
    shown.findAll('button').find((one) => name.test(one.attributes('aria-label') ?? one.text()))
  const press = async (name: RegExp) => {
    await button(name)?.trigger('click')
    await flushPromises()
  }
  const panels = (): ChartPanel[] => shown.getComponent({ name: 'LineChart' }).props('panels')
  return { bridge, runs, design, training, notices, workspace, shown, button, press, panels }
}

const inspector = () => document.getElementById('inspector')?.textContent?.replace(/\s+/g, ' ') ?? ''

/** Chooses an entry of the menu that the row's last button opens. */
async function chooseFromMenu(number: number, entry: RegExp): Promise<void> {
  const trigger = document.querySelector(`[aria-label="Actions for run ${number}"]`)
  trigger?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  await flushPromises()
  const item = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((one) => entry.test(one.textContent))
  item?.click()
  await flushPromises()
}

beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
})
enableAutoUnmount(afterEach)

describe('before the first run', () => {
  it.each([
    ['data', { data: false }, 'No data yet', /^Go to Data$/, 'data'],
    ['a network', { drawn: false }, 'No network yet', /^Go to Design$/, 'design'],
  ] as const)('says that %s is missing and leads there', async (_name, scene, title, button, target) => {
    const { shown, press, workspace } = await show(scene)
    expect(shown.text()).toContain(title)
    await press(button)
    expect(workspace.current).toBe(target)
  })

  it('names the layers that are at fault', async () => {
    const { shown, design } = await show()
    design.apply('train.edits.useNetwork', (before) => ({ ...before, wires: before.wires.slice(1) }))
    await flushPromises()
    expect(shown.text()).toMatch(/The network has (one|\d+) problem/)
    expect(shown.find('.ready__problems').text()).toMatch(/Convolution/)
  })

  it('offers to restart an engine that is gone', async () => {
    const { bridge, shown, press } = await show({ engine: 'crashed' })
    expect(shown.text()).toContain('The training engine is not running')
    await press(/^Restart the engine$/)
    expect(bridge.named('restartEngine')).toHaveLength(1)
    expect(shown.text()).toContain('The training engine is starting')
  })

  it('tells what will be trained, by the settings as they are', async () => {
    const { shown, training } = await show()
    training.change(settings)
    await flushPromises()
    expect(shown.text()).toContain('Ready to train')
    expect(shown.text()).toContain('8 steps in each epoch, 40 in all')
    training.change({ epochs: 1, batchSize: 900 })
    await flushPromises()
    expect(shown.text()).toContain('one step in each epoch, 1 in all')
  })

  it('says which processor trains, and why', async () => {
    const { shown } = await show()
    expect(shown.text()).toContain('CPU · 2 cores')
    expect(shown.text()).toContain('No NVIDIA driver is loaded')
  })
})

describe('the controls', () => {
  it.each([
    ['nothing runs', undefined, { start: false, pause: true, stop: true }],
    ['a run is prepared', 'preparing', { start: true, pause: true, stop: false }],
    ['a run trains', 'running', { start: true, pause: false, stop: false }],
  ] as const)('can be used as it fits when %s', async (_name, state, off) => {
    const { button } = await show({ listed: state ? [run({ state, network })] : [] })
    const isOff = (name: RegExp) => button(name)?.attributes('aria-disabled') === 'true'
    expect({ start: isOff(/^Start training$/), pause: isOff(/^Pause$/), stop: isOff(/^Stop$/) }).toEqual(off)
  })

  it('start, pause, go on and stop a run', async () => {
    const { bridge, press, button } = await show()
    let state: RunRecord['state'] = 'running'
    const answer = (next: RunRecord['state']) => () => {
      state = next
      return run({ state, network })
    }
    Object.assign(bridge.answers, {
      startRun: answer('running'),
      pauseRun: answer('paused'),
      resumeRun: answer('running'),
      stopRun: answer('stopped'),
    })
    await press(/^Start training$/)
    expect(bridge.named('startRun')).toEqual([
      { network, dataset: { kind: 'sample', id: 'mnist' }, settings: initialTraining },
    ])
    await press(/^Pause$/)
    expect(state).toBe('paused')
    expect(button(/^Pause$/)).toBeUndefined()
    await press(/^Go on$/)
    expect(state).toBe('running')
    await press(/^Stop$/)
    expect(state).toBe('stopped')
  })

  it('do nothing where they cannot', async () => {
    const { bridge, press } = await show({ data: false })
    await press(/^Start training$/)
    await press(/^Pause$/)
    await press(/^Stop$/)
    expect(bridge.calls.map(({ name }) => name)).not.toContain('startRun')
  })
})

describe('the settings of the next run', () => {
  /** Types into the number field with a label. */
  async function type(shown: Awaited<ReturnType<typeof show>>['shown'], label: string, text: string) {
    const field = shown.findAll('.pw-field').find((one) => one.get('label').text() === label)
    const input = field?.get('input')
    await input?.setValue(text)
    await input?.trigger('blur')
  }

  it('are what is typed', async () => {
    const { shown, training } = await show()
    await type(shown, 'Learning rate', '0.005')
    await type(shown, 'Batch size', '32')
    await type(shown, 'Epochs', '3')
    await type(shown, 'Seed', '77')
    await type(shown, 'Validation', '12.5')
    const { optimizer, augmentation, ...others } = training.settings
    expect(augmentation.steps).toEqual([])
    expect(optimizer.values.learningRate).toBe(0.005)
    expect(others).toEqual({ batchSize: 32, epochs: 3, seed: 77, validationShare: 0.125, precision: 'auto' })
  })

  it.each([
    ['Batch size', '0'],
    ['Epochs', '1.5'],
    ['Seed', '-1'],
    ['Validation', '91'],
    ['Learning rate', 'fast'],
  ])('%s refuses %s', async (label, text) => {
    const { shown, training } = await show()
    await type(shown, label, text)
    expect(training.settings).toEqual(initialTraining)
    expect(shown.find('[role=alert]').text()).not.toBe('')
  })

  it('get another seed by the dice', async () => {
    const { press, training } = await show()
    await press(/^Another seed by chance$/)
    expect(training.settings.seed).not.toBe(initialTraining.seed)
  })

  it('hold a number type, which goes back to the usual one with the rest', async () => {
    const { press, training } = await show()
    training.change({ precision: 'float32' })
    training.setOptimizerValue('beta1', 0.5)
    await press(/^More settings/)
    const more = document.querySelector('.more')
    expect(more?.querySelector('.pw-select')?.textContent).toContain('float32')
    more?.querySelector<HTMLElement>(':scope > .pw-button')?.click()
    await flushPromises()
    expect(training.settings.precision).toBe('auto')
    expect(training.optimizerValues['beta1']).toBe(0.9)
  })
})

it('tells how a run computes', async () => {
  const compute: ComputeReport = { path: 'compiled', precision: 'bfloat16', why: 'chosen', uncompiled: [], trial: [] }
  await show({ listed: [run({ network, compute })] })
  expect(inspector()).toMatch(/Computation ?one compiled graph, bfloat16/)
})

describe('a run that trains', () => {
  it('shows how far it is, how fast, and what is left', async () => {
    const { bridge, shown, panels } = await show({ listed: [run({ network })] })
    expect(shown.get('[role=progressbar]').attributes('aria-valuenow')).toBeUndefined()
    bridge.emit('metrics', batch(0, 1, [2.3, 1.9, 1.2]))
    await flushPromises()
    expect(shown.get('.run-line').text()).toContain('epoch 1/5 · step 3/50 · 1,234 samples/s · 1 min')
    expect(shown.get('[role=progressbar]').attributes('aria-valuenow')).toBe('6')
    expect(panels().map(({ series }) => series.map(({ id }) => id))).toEqual([['loss'], ['majority', 'accuracy']])
    bridge.emit('metrics', batch(1, 4, [1], { epochs: [epochMetrics(1)] }))
    await flushPromises()
    expect(panels()[0]?.series.map(({ id, points }) => [id, points.length])).toEqual([
      ['loss', 4],
      ['validation-loss', 1],
    ])
  })

  it('says that it judges the test part once all steps are done', async () => {
    const { bridge, shown } = await show({ listed: [run({ network })] })
    const done = batch(0, 1, [1])
    bridge.emit('metrics', { ...done, progress: { ...done.progress, epoch: 5, step: 50 } })
    await flushPromises()
    expect(shown.get('.run-line').text()).toContain('judging on the test part')
  })

  it('shows its first filters and how it is doing', async () => {
    const { bridge } = await show({ listed: [run({ network })] })
    expect(inspector()).toContain('They appear after the first step.')
    const losses = Array.from({ length: 40 }, (_value, step) => 1.2 - step * 0.03)
    bridge.emit('metrics', batch(0, 1, losses))
    await flushPromises()
    expect(document.querySelectorAll('#inspector [role=group] canvas')).toHaveLength(20)
    expect(inspector()).toContain('after 40 steps')
    expect(inspector()).toMatch(/Learning: the loss fell from 1\.1 to 0\.17/)
  })

  it('is told of when its state changes, not with each step', async () => {
    const { bridge, shown } = await show({ listed: [run({ network })] })
    const said = shown.get('[aria-live=polite]')
    expect(said.text()).toBe('Run 1 is training')
    bridge.emit('metrics', batch(0, 1, [2]))
    await flushPromises()
    expect(said.text()).toBe('Run 1 is training')
    bridge.emit('runChanged', run({ network, state: 'finished', stepsDone: 50 }))
    await flushPromises()
    expect(said.text()).toBe('Run 1 has finished')
  })
})

describe('a run that did not come to its end', () => {
  it.each([
    ['interrupted', 'run-left-behind', 'Run 1 was interrupted after 13 steps, in epoch 2.'],
    ['failed', 'training-diverged', 'Run 1 failed after 13 steps, in epoch 2.'],
  ] as const)('%s: says where, why and what to do, and shows what was recorded', async (state, code, title) => {
    const recorded = { ...noCurves, loss: new Float32Array(13).fill(1), accuracy: new Float32Array(13) }
    const failed = run({ state, network, settings, stepsDone: 13, error: { code, params: { step: 14 } } })
    const { shown, panels } = await show({ listed: [failed], history: recorded })
    const banner = shown.get('.pw-banner').text()
    expect(banner).toContain(title)
    expect(banner).toContain(new AppError(code, { step: 14 }).message)
    expect(banner).toContain(new AppError(code, { step: 14 }).hint)
    expect(panels()[0]?.series[0]?.points.length).toBe(13)
  })

  it('says so too where nobody knows why', async () => {
    const { shown } = await show({ listed: [run({ state: 'interrupted', network })] })
    expect(shown.get('.pw-banner').text()).toContain('Run 1 was interrupted before its first step.')
  })

  it('leaves a run that ended well in peace', async () => {
    const { shown } = await show({ listed: [finished] })
    expect(shown.find('.pw-banner').exists()).toBe(false)
  })
})

describe('the table of runs', () => {
  const stopped = run({ id: 'new', number: 2, state: 'stopped', network: emptyNetwork, stepsDone: 3 })
  const scene = { listed: [stopped, finished] }

  it('shows what each reached, and no numbers for what was not', async () => {
    const { shown } = await show(scene)
    const rows = shown.findAll('[role=rowgroup] [role=row]').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows).toEqual([
      expect.stringMatching(/^2 ?Stopped ?0\/5 ?–/),
      expect.stringMatching(/^1 ?Finished ?5\/5 ?97.5%/),
    ])
  })

  it('shows the curves of the run that is chosen', async () => {
    const { bridge, shown, runs } = await show(scene)
    await shown.findAll('[role=rowgroup] [role=row]')[1]?.trigger('click')
    await flushPromises()
    expect(runs.currentId).toBe('old')
    expect(bridge.named('readHistory').at(-1)).toEqual({ runId: 'old' })
    expect(inspector()).toMatch(/Test accuracy ?98\.10%/)
  })

  it('shows as many columns as there is room for', async () => {
    const { shown } = await show(scene)
    expect(shown.findAll('[role=columnheader]').map((one) => one.text())).toEqual([
      'Run',
      'State',
      'Epochs',
      'Validation',
    ])
  })

  it('takes the settings of a run again', async () => {
    const others = { ...initialTraining, epochs: 9, seed: 42 }
    const { training, notices } = await show({ listed: [run({ ...finished, settings: others })] })
    await chooseFromMenu(1, /^Use its settings/)
    expect(training.settings).toEqual(others)
    expect(notices.notices[0]?.text).toEqual({ key: 'train.runs.settingsUsed', params: { number: '1' } })
  })

  it('takes the network of a run again, which can be undone', async () => {
    const { design } = await show({ ...scene, drawn: false })
    await chooseFromMenu(1, /^Use its network/)
    expect(design.network).toEqual(network)
    design.undo()
    expect(design.network).toEqual(emptyNetwork)
  })

  it('deletes a run only after asking', async () => {
    const { bridge, runs } = await show(scene)
    bridge.answers.deleteRun = () => ({})
    await chooseFromMenu(2, /^Delete/)
    expect(document.querySelector('[role=dialog]')?.textContent).toContain('Delete run 2?')
    expect(bridge.named('deleteRun')).toEqual([])
    const confirm = [...document.querySelectorAll<HTMLElement>('[role=dialog] button')].find(
      (one) => one.textContent?.trim() === 'Delete',
    )
    confirm?.click()
    await flushPromises()
    expect(bridge.named('deleteRun')).toEqual([{ runId: 'new' }])
    expect(runs.runs.map(({ id }) => id)).toEqual(['old'])
  })
})
