import { everySample, type DatasetSource } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'
import { initialSettings } from '@shared/project/settings'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { TooltipProvider } from 'reka-ui'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import { i18n } from '@/i18n'
import { useDatasetStore } from '@/stores/dataset'
import { useImportsStore } from '@/stores/imports'
import { useRunsStore } from '@/stores/runs'
import { useSampleViewStore, type SelectedSample } from '@/stores/sample-view'
import { useSuspiciousStore } from '@/stores/suspicious'
import { deferred, installFakeBridge } from '@/stores/testing/fake-bridge'
import { importRecord } from '@/stores/testing/import-record'
import { digits, run } from '@/stores/testing/samples'
import DataStrip from '../DataStrip.vue'
import SampleInspector from '../SampleInspector.vue'

enableAutoUnmount(afterEach)
afterEach(() => vi.unstubAllGlobals())

const stored: DatasetSource = { kind: 'stored', title: 'animals', directory: '/project/data/0001' }
const picture: SelectedSample = {
  row: 7,
  part: 'train',
  label: 1,
  name: 'dogs/a dog.png',
  marks: [],
  shape: [2, 2, 1],
  pixels: Uint8Array.of(0, 10, 20, 250),
}

async function show(
  answers: Parameters<typeof installFakeBridge>[0] = {},
  { shape = [2, 2, 1], source = stored }: { shape?: number[]; source?: DatasetSource } = {},
) {
  const summary = digits({ source, shape })
  const bridge = installFakeBridge({
    openDataset: () => summary,
    readSettings: () => initialSettings,
    writeSettings: (settings: unknown) => settings,
    readImport: () => importRecord(),
    readSample: () => ({ ...picture, values: picture.pixels, shown: picture.pixels, rate: null }),
    ...answers,
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  const [dataset, view] = [useDatasetStore(), useSampleViewStore()]
  dataset.restore(source)
  await flushPromises()
  const shown = mount(() => h(TooltipProvider, () => [h(DataStrip, { summary }), h(SampleInspector, { summary })]), {
    global: { plugins: [pinia, i18n] },
    attachTo: document.body,
  })
  const press = async (name: string) => {
    const button = [...document.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
    )
    button?.click()
    await flushPromises()
  }
  const text = () => shown.get('.sample-inspector').text().replace(/\s+/g, ' ')
  return { bridge, dataset, view, shown, press, text }
}

/** An audio system that plays nothing, and tells when it should. */
function silentAudio(began: () => void) {
  const node = { connect: (next: unknown) => next, disconnect() {}, gain: { value: 1 } }
  return class {
    readonly currentTime = 0
    resume() {}
    createBuffer() {
      return { copyToChannel() {} }
    }
    createBufferSource() {
      return { ...node, start: began, stop() {} }
    }
    createGain() {
      return node
    }
  }
}

describe('one sample', () => {
  it('is told with its place, its file and its values', async () => {
    const { view, text, bridge, press } = await show({ showSourceFile: () => ({}) })
    view.select(0, picture)
    await flushPromises()
    expect(text()).toMatch(/Class\s*one.*Part\s*Training.*File\s*dogs\/a dog.png.*Number\s*7/)
    expect(text()).toMatch(/Lowest value\s*0.*Highest value\s*250.*Mean value\s*70.0/)
    await press('Show in file manager')
    expect(bridge.named('showSourceFile')).toEqual([{ directory: '/project/data/0001', file: 'dogs/a dog.png' }])
  })

  it('of a sound says where its window begins, and can be heard', async () => {
    const values = Float32Array.from({ length: 4000 }, (_, n) => Math.sin(n))
    const sound = { ...picture, shape: [4000, 1], name: ['talk.wav', 12_000] as [string, number] }
    const { view, text, shown } = await show(
      { readSample: () => ({ ...sound, values, shown: new Uint8Array(4000), rate: 8000 }) },
      { shape: [4000, 1] },
    )
    view.select(0, { ...sound, pixels: new Uint8Array(4000) })
    await flushPromises()
    expect(text()).toMatch(/Begins at\s*1.5 s.*Rate\s*8,000 Hz\s*Length\s*0.5 s/)
    expect(shown.get('[role=slider]').attributes('aria-valuemax')).toBe('0.5')
  })

  it('that is a picture of a sound plays it from its file, or says why it cannot', async () => {
    const pictured = { ...picture, values: picture.pixels, shown: picture.pixels, rate: 8000 }
    const answer = { sound: null, reason: { code: 'gone', params: {} } }
    const { view, bridge, press, text } = await show({ readSample: () => pictured, readOriginal: () => answer })
    view.select(0, picture)
    await flushPromises()
    await press('Play the sound from its file')
    expect(bridge.named('readOriginal')).toEqual([
      { directory: '/project/data/0001', file: 'dogs/a dog.png', source: stored, row: 7 },
    ])
    expect(text()).toContain('It cannot be played from dogs/a dog.png: It is not there any more.')
    await press('Play the sound from its file')
    expect(bridge.named('readOriginal')).toHaveLength(1)
    bridge.answers.readOriginal = () => ({
      sound: { samples: new Float32Array(2000), channels: 2, rate: 8000 },
      reason: null,
    })
    view.select(1, { ...picture, row: 8 })
    bridge.answers.readSample = () => ({ ...pictured, row: 8 })
    await flushPromises()
    const began = vi.fn()
    vi.stubGlobal('AudioContext', silentAudio(began))
    await press('Play the sound from its file')
    expect(text()).toContain('0.00 / 0.13 s')
    expect(began).toHaveBeenCalledOnce()
  })

  it('that is a picture of a sound of data without files says so', async () => {
    const { view, text } = await show({
      readSample: () => ({ ...picture, values: picture.pixels, shown: picture.pixels, rate: 8000 }),
      readImport: () => null,
    })
    view.select(0, picture)
    await flushPromises()
    expect(text()).toContain('the file that it came from is not known here')
  })

  it('that cannot be read says why', async () => {
    const { view, shown } = await show({
      readSample: () => {
        throw new AppError('file-changed', { file: 'samples.npy' })
      },
    })
    view.select(0, picture)
    await flushPromises()
    expect(shown.get('[role=alert]').text()).toContain('samples.npy')
  })

  it('that repeats others leads to them', async () => {
    const { view, press, text } = await show({
      findLike: () => ({ row: 7, equal: Uint32Array.of(2), alike: Uint32Array.of(40) }),
    })
    view.select(0, { ...picture, marks: ['duplicate', 'across-parts'] })
    await flushPromises()
    expect(text()).toContain('It equals an earlier sample, value by value.')
    await press('Show it with the others')
    expect(view.filter).toEqual({ ...everySample, only: Uint32Array.of(7, 2, 40) })
    expect(view.order).toEqual({ by: 'given', descending: false })
  })
})

describe('doubtful labels', () => {
  const list = {
    step: 10,
    looked: 1000,
    unknown: 0,
    found: 2,
    rows: Uint32Array.of(7, 3),
    given: Uint32Array.of(1, 0),
    guesses: Uint32Array.of(2, 1),
    confidence: Float32Array.of(0.01, 0.2),
    guessConfidence: Float32Array.of(0.98, 0.6),
  }
  const finished = run({ id: 'run-2', number: 2, state: 'finished', stepsDone: 10, dataset: stored })

  it('are asked of a run that learned from this data, shown first to last, and told of each sample', async () => {
    const answer = deferred<typeof list>()
    const { bridge, view, press, text } = await show({
      findSuspicious: () => answer.promise,
      editDataset: () => digits({ source: stored, shape: [2, 2, 1] }),
    })
    const other = run({ id: 'run-3', state: 'finished', stepsDone: 10, dataset: { kind: 'sample', id: 'mnist' } })
    useRunsStore().runs = [other, run({ id: 'run-4', state: 'running', stepsDone: 5, dataset: stored }), finished]
    await flushPromises()
    await press('Doubtful labels…')
    await press('Find them')
    expect(bridge.named('findSuspicious')).toMatchObject([{ runId: 'run-2', source: stored, test: false }])
    const [{ id }] = bridge.named('findSuspicious') as [{ id: string }]
    bridge.emit('suspiciousProgress', { id, done: 250, total: 1000 })
    await flushPromises()
    expect(document.querySelector('[role=dialog] [role=progressbar]')?.getAttribute('aria-valuenow')).toBe('25')
    answer.resolve(list)
    await flushPromises()
    expect(document.querySelector('[role=dialog]')).toBeNull()
    expect(view.filter).toEqual({ ...everySample, only: list.rows })
    view.select(0, picture)
    await flushPromises()
    expect(text()).toContain('The network takes it for “two” (98.0%) and gives “one” 1.0%.')
    expect(text()).not.toContain('Change to')
    view.chosen = new Set([picture.row])
    await flushPromises()
    await press('Change to “two”')
    expect(bridge.named('editDataset')).toMatchObject([{ edit: { kind: 'relabel', rows: [picture.row], to: 'two' } }])
    view.select(0, { ...picture, label: 2 })
    await flushPromises()
    expect(text()).not.toContain('The network takes it')
  })

  it('can be given up, and other data has none', async () => {
    const { bridge, dataset, press } = await show({ findSuspicious: () => deferred().promise })
    useRunsStore().runs = [finished]
    await flushPromises()
    await press('Doubtful labels…')
    await press('Find them')
    await press('Cancel')
    expect(bridge.cancelled).toHaveLength(1)
    const suspicious = useSuspiciousStore()
    bridge.answers.findSuspicious = () => list
    await suspicious.find('run-2', false)
    expect(suspicious.doubtOf(3)).toMatchObject({ guess: 1 })
    dataset.close()
    expect(suspicious.doubtOf(3)).toBeNull()
    expect(useImportsStore().record).toBeNull()
  })
})
