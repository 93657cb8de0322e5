import { everySample, sourceOrder, type DatasetSource, type SampleRequest } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'
import { initialSettings } from '@shared/project/settings'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useEngineStore } from '@/stores/engine'
import { useSampleViewStore } from '@/stores/sample-view'
import { deferred, installFakeBridge } from '@/stores/testing/fake-bridge'
import { importPlan, importRecord } from '@/stores/testing/import-record'
import { digits, samplePage } from '@/stores/testing/samples'
import DataWorkspace from './DataWorkspace.vue'

const mnist: DatasetSource = { kind: 'sample', id: 'mnist' }
const own: DatasetSource = { kind: 'idx', title: 'bars', train: { images: 'i', labels: 'l' }, test: null }
const damaged = new AppError('unexpected', { detail: 'cut short' })

/** Samples whose label is their row modulo three. */
function samples({ offset, count, filter: { classes } }: SampleRequest) {
  const [only] = classes
  return samplePage(
    Array.from({ length: count }, (_value, step) => (only === undefined ? offset + step : (offset + step) * 3 + only)),
  )
}

async function show(answers: Parameters<typeof installFakeBridge>[0] = {}, source: DatasetSource | null = null) {
  const bridge = installFakeBridge({
    openDataset: ({ source: asked }: { source: DatasetSource }) => digits({ source: asked }),
    readSamples: samples,
    engineState: () => ({ state: 'ready', device: null, error: null, restarts: 0 }),
    readSettings: () => initialSettings,
    writeSettings: (settings: unknown) => settings,
    ...answers,
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  // Held here: a late write of the layout by another test's stores makes their pinia the active one.
  const dataset = useDatasetStore()
  const view = useSampleViewStore()
  await useEngineStore(pinia).load()
  dataset.restore(source)
  const shown = mount(() => h(TooltipProvider, () => h(DataWorkspace)), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  const press = async (name: RegExp) => {
    const button = shown.findAll('button').find((one) => name.test(one.attributes('aria-label') ?? one.text()))
    await button?.trigger('click')
    await flushPromises()
  }
  return {
    bridge,
    dataset,
    view,
    shown,
    press,
    inspector: () => document.getElementById('inspector')?.textContent ?? '',
  }
}

function drop(files: File[]): void {
  const event = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(event, { dataTransfer: { types: ['Files'], files, dropEffect: 'none' } })
  window.dispatchEvent(event)
}

beforeEach(() => {
  i18n.global.locale.value = 'en'
  document.body.innerHTML = '<aside id="inspector"></aside>'
  // There is no layout here: every element is 600 × 400 pixels.
  for (const name of ['offsetWidth', 'clientWidth'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(600)
  for (const name of ['offsetHeight', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(400)
})
enableAutoUnmount(afterEach)
afterEach(() => vi.restoreAllMocks())

describe('without data', () => {
  it('offers files and the sample sets, with pictures from them', async () => {
    const { bridge, shown } = await show()
    expect(shown.text()).toContain('Drop your data here')
    expect(shown.find('[aria-label="Open MNIST handwritten digits"]').findAll('canvas')).toHaveLength(30)
    expect(bridge.named('readSamples')).toContainEqual({
      source: mnist,
      filter: { ...everySample, part: 'train' },
      order: sourceOrder,
      offset: 0,
      count: 30,
    })
  })

  it('shows no pictures while the engine is away, and asks it for none', async () => {
    const { bridge, shown } = await show({
      engineState: () => ({ state: 'starting', device: null, error: null, restarts: 0 }),
    })
    expect(shown.findAll('canvas')).toHaveLength(0)
    expect(bridge.named('openDataset')).toEqual([])
  })

  it('opens a sample set by a click', async () => {
    const { dataset, press } = await show()
    await press(/^Open MNIST/)
    expect(dataset.source).toEqual(mnist)
  })

  it('opens what is dropped on the window', async () => {
    const { bridge, shown } = await show({ recognizeFiles: () => own })
    drop([new File([], 'images'), new File([], 'labels')])
    await flushPromises()
    expect(bridge.named('recognizeFiles')).toEqual([{ paths: ['/files/images', '/files/labels'] }])
    expect(shown.find('h1').text()).toBe('bars')
  })
})

describe('while data is opened', () => {
  it('says what is opened, and for how long', async () => {
    const never = deferred<unknown>()
    const { shown } = await show({ openDataset: () => never.promise }, mnist)
    expect(shown.text()).toContain('Opening MNIST handwritten digits…')
    expect(shown.get('[role=progressbar]').attributes('aria-valuetext')).toMatch(/\d.* so far/)
  })
})

describe('while files are imported', () => {
  const unknownFiles = () => {
    throw new AppError('no-data-files', { path: '/files/animals' })
  }

  it('counts them, says how fast it goes and how long it takes, and can be cancelled', async () => {
    const never = deferred<unknown>()
    const { bridge, dataset, shown, press } = await show({
      recognizeFiles: unknownFiles,
      planImport: () => importPlan(),
      importFiles: () => never.promise,
    })
    drop([new File([], 'animals')])
    await flushPromises()
    expect(shown.text()).toContain('Looking for files…')
    const [order] = bridge.named('importFiles')
    bridge.emit('importProgress', { id: (order as { id: string }).id, done: 300, total: 1200, seconds: 2, resumed: 0 })
    await flushPromises()
    expect(shown.get('[role=progressbar]').attributes('aria-valuetext')).toBe('300 of 1,200 · 150 files/s · 6 sec left')
    await press(/^Cancel$/)
    expect(bridge.cancelled).toHaveLength(1)
    expect(shown.find('[role=progressbar]').exists()).toBe(false)
    expect(shown.find('[role=alert]').exists()).toBe(false)
    expect(dataset.source).toBeNull()
  })

  it('offers other settings where they cannot be', async () => {
    const { shown, press } = await show({
      recognizeFiles: unknownFiles,
      planImport: () => importPlan(),
      importFiles: () => {
        throw new AppError('import-no-classes', { file: 'a.png', count: 2 })
      },
    })
    drop([new File([], 'animals')])
    await flushPromises()
    expect(shown.get('[role=alert]').text()).toContain('Nothing tells the classes of 2 files (a.png, …).')
    await press(/^Change settings…$/)
    expect(document.querySelector('[role=dialog]')?.textContent).toContain('/files/animals')
  })
})

describe('when data cannot be opened', () => {
  it('says why, and that the former data stays', async () => {
    const { bridge, shown, press } = await show({}, mnist)
    bridge.answers.recognizeFiles = () => {
      throw damaged
    }
    drop([new File([], 'images')])
    await flushPromises()
    expect(shown.get('[role=alert]').text()).toContain('cut short')
    expect(shown.get('[role=alert]').text()).toContain('MNIST handwritten digits is still open.')
    expect(shown.find('h1').text()).toBe('MNIST handwritten digits')
    await press(/^Close$/)
    expect(shown.find('[role=alert]').exists()).toBe(false)
  })

  it('lets the person try again what the project names', async () => {
    const { bridge, shown, press } = await show(
      {
        openDataset: () => {
          throw damaged
        },
      },
      own,
    )
    expect(shown.text()).toContain('Drop your data here')
    bridge.answers.openDataset = () => digits({ source: own })
    await press(/^Try again$/)
    expect(shown.find('h1').text()).toBe('bars')
  })
})

describe('open data', () => {
  it('accounts for every sample', async () => {
    const { shown } = await show({}, mnist)
    const rows = shown.findAll('tbody tr').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows).toEqual(['Training 1,0001,0000', 'Test own1001000'])
    expect(shown.text()).toContain('Always guessing “one” scores 50.0%')
    expect(shown.text()).toContain('28 × 28 × 1 values · 3 classes')
  })

  it('of imported files tells what became of them, and shows the report until a sample is selected', async () => {
    const stored: DatasetSource = { kind: 'stored', title: 'animals', directory: '/project/data/0001' }
    const { shown, inspector, press } = await show(
      {
        openDataset: () => digits({ source: stored, files: { found: 1302, used: 1300, skipped: 2 } }),
        readImport: () => importRecord(),
      },
      stored,
    )
    const rows = shown.findAll('tbody tr').map((row) => row.text().replace(/\s+/g, ' '))
    expect(rows).toEqual(['Files1,3021,3002', 'Training 1,000', 'Test own100'])
    expect(inspector()).toContain('1,302 files found = 1,300 used + 2 skipped')
    await shown.get('[role=listbox]').trigger('keydown', { key: 'ArrowRight' })
    expect(inspector()).toContain('Sample 0')
    await press(/^Report$/)
    expect(inspector()).toContain('1,302 files found')
  })

  it('says that a test part was set aside where none came', async () => {
    const { shown } = await show({ openDataset: () => digits({ ownTest: false }) }, mnist)
    expect(shown.findAll('tbody tr')[1]?.text()).toContain('Test set aside')
  })

  it('shows samples with their labels', async () => {
    const { shown } = await show({}, mnist)
    const options = shown.findAll('[role=option]')
    expect(options.length).toBeGreaterThan(3)
    expect(options.slice(0, 4).map((one) => one.attributes('aria-label'))).toEqual([
      'Sample 0: zero',
      'Sample 1: one',
      'Sample 2: two',
      'Sample 3: zero',
    ])
  })

  it('shows one class when its bar is clicked, and all again at the next click', async () => {
    const { bridge, view, shown, press } = await show({}, mnist)
    await press(/^Class two: 200 samples, 20.0%$/)
    expect(shown.text()).toContain('200 samples')
    expect(bridge.named('readSamples').at(-1)).toMatchObject({
      filter: { part: 'train', classes: [2] },
      count: 200,
    })
    expect(shown.find('[role=option]').attributes('aria-label')).toBe('Sample 2: two')
    await press(/^Class two/)
    expect(view.classIndex).toBeNull()
  })

  it('says so where a class has no samples', async () => {
    const { shown, press } = await show(
      { openDataset: () => digits({ counts: { train: [1000, 0, 0], test: [100, 0, 0] } }) },
      mnist,
    )
    await press(/^Class one: 0 samples/)
    expect(shown.text()).toContain('Nothing fits what is asked for.')
    await press(/^Show all$/)
    expect(shown.findAll('[role=option]').length).toBeGreaterThan(0)
  })

  it('moves by keys and shows the selected sample at large', async () => {
    const { shown, inspector } = await show({}, mnist)
    expect(inspector()).toContain('No sample selected')
    const grid = shown.get('[role=listbox]')
    await grid.trigger('keydown', { key: 'ArrowRight' })
    await grid.trigger('keydown', { key: 'ArrowRight' })
    expect(inspector()).toContain('Sample 1')
    expect(inspector()).toMatch(/Classone/)
    expect(inspector()).toMatch(/Mean value7/)
    await grid.trigger('keydown', { key: 'Escape' })
    expect(inspector()).toContain('No sample selected')
  })

  it('says in their place why samples cannot be read, and reads them again', async () => {
    const { bridge, shown, press } = await show(
      {
        readSamples: () => {
          throw damaged
        },
      },
      mnist,
    )
    expect(shown.get('[role=alert]').text()).toContain('cut short')
    bridge.answers.readSamples = samples
    await press(/^Try again$/)
    expect(shown.find('[role=alert]').exists()).toBe(false)
    expect(shown.find('[role=option]').attributes('aria-label')).toBe('Sample 0: zero')
  })

  it('can be closed', async () => {
    const { shown, press } = await show({}, mnist)
    await press(/^Close this data set$/)
    expect(shown.text()).toContain('Drop your data here')
  })

  it('is told of in Russian too', async () => {
    i18n.global.locale.value = 'ru'
    const { shown } = await show({}, mnist)
    expect(shown.text()).toContain('Рукописные цифры MNIST')
    expect(shown.find('[aria-label^="Класс two: 200 примеров, 20,0"]').exists()).toBe(true)
  })
})
