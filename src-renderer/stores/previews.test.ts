import { setValue } from '@shared/network/edit'
import { templateNetwork } from '@shared/network/templates'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useEngineStore } from './engine'
import { usePreviewsStore } from './previews'
import { useRunsStore } from './runs'
import { deferred, installFakeBridge } from './testing/fake-bridge'
import { digits, run } from './testing/samples'
import { useTrainingStore } from './training'

const network = templateNetwork('dense-only', { shape: [28, 28, 1], classes: 3 })!
const answer = (index: number) => ({
  index,
  label: 1,
  step: 0,
  layers: [
    {
      node: 'dense-1',
      shape: [2],
      form: 'bars',
      channels: 1,
      columns: 2,
      rows: 2,
      values: Uint8Array.of(0, 1, 2, 3),
      low: 0,
      high: 1,
    },
  ],
})

let bridge: ReturnType<typeof installFakeBridge>

beforeEach(() => {
  setActivePinia(createPinia())
  bridge = installFakeBridge({
    writeSettings: (settings: object) => settings,
    previewLayers: ({ index }: { index: number }) => answer(index),
  })
  useDocumentStore().reset(network)
  useDatasetStore().source = digits().source
  useDatasetStore().summary = digits()
  useEngineStore().state = { state: 'ready', device: null, error: null, restarts: 0 }
  usePreviewsStore().shown = true
})

describe('what is asked for', () => {
  it('is the network on the canvas, with the seed and the data of the next run', async () => {
    useTrainingStore().change({ seed: 42 })
    await usePreviewsStore().load()
    expect(bridge.named('previewLayers')).toEqual([
      { network, source: digits().source, index: 0, seed: 42, runId: null },
    ])
    expect([...usePreviewsStore().layers.keys()]).toEqual(['dense-1'])
  })

  it('is the newest run of this very network that has weights', async () => {
    const trained = { network, stepsDone: 10, epochsDone: 1, state: 'finished' as const }
    useRunsStore().runs = [
      run({ ...trained, id: 'none-yet', stepsDone: 5, epochsDone: 0, state: 'interrupted' }),
      run({ ...trained, id: 'other', network: setValue(network, 'dense-1', 'units', 7) }),
      run({ ...trained, id: 'newest' }),
      run({ ...trained, id: 'older' }),
    ]
    await usePreviewsStore().load()
    expect(bridge.named('previewLayers')).toMatchObject([{ runId: 'newest' }])
  })

  it.each([
    ['a setting', () => useDocumentStore().apply('x', (before) => setValue(before, 'dense-1', 'units', 9)), true],
    ['the seed', () => useTrainingStore().change({ seed: 5 }), true],
    ['the sample', () => usePreviewsStore().show(3), true],
    ['the batch size', () => useTrainingStore().change({ batchSize: 7 }), false],
    [
      'a place on the canvas',
      () =>
        useDocumentStore().apply('x', ({ nodes, wires }) => ({
          nodes: nodes.map((node) => ({ ...node, position: { x: 1, y: 1 } })),
          wires,
        })),
      false,
    ],
  ])('changes with %s: %s', (_what, change, changes) => {
    const before = usePreviewsStore().wanted
    change()
    expect(usePreviewsStore().wanted !== before).toBe(changes)
  })
})

describe('why there is nothing', () => {
  it.each([
    ['canvas.preview.noEngine', () => (useEngineStore().state = { ...useEngineStore().state, state: 'crashed' })],
    ['canvas.preview.noData', () => (useDatasetStore().summary = null)],
    ['canvas.preview.training', () => (useRunsStore().runs = [run({ state: 'running' })])],
    ['canvas.preview.tooLarge', () => useDocumentStore().reset(templateNetwork('vgg-16')!)],
    ['canvas.preview.noInput', () => (useDatasetStore().summary = digits({ shape: [32, 32, 3] }))],
  ])('%s', async (why, happen) => {
    happen()
    expect(usePreviewsStore().whyNot).toBe(why)
    expect(usePreviewsStore().wanted).toBeNull()
    await usePreviewsStore().load()
    expect(bridge.named('previewLayers')).toEqual([])
  })

  it('asks for nothing while it is switched off', () => {
    usePreviewsStore().shown = false
    expect(usePreviewsStore().wanted).toBeNull()
  })
})

describe('the sample', () => {
  it.each([
    [7, 7],
    [-3, 0],
    [1e6, 99],
  ])('number %i asked for is number %i', (asked, got) => {
    usePreviewsStore().show(asked)
    expect(usePreviewsStore().index).toBe(got)
  })

  it('is the first one of other data', async () => {
    const previews = usePreviewsStore()
    previews.show(7)
    await previews.load()
    useDatasetStore().summary = digits({ title: 'Other' })
    expect([previews.index, previews.layers.size]).toEqual([0, 0])
  })
})

it('keeps the answer to the last question only, and gives the others up', async () => {
  const first = deferred<object>()
  bridge.answers.previewLayers = ({ index }: { index: number }) => (index === 0 ? first.promise : answer(index))
  const previews = usePreviewsStore()
  const overtaken = previews.load()
  previews.show(1)
  await previews.load()
  first.resolve(answer(0))
  await overtaken
  expect(bridge.cancelled).toHaveLength(1)
  expect(previews.latest?.index).toBe(1)
})
