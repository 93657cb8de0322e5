import { everySample, sourceOrder, type DatasetSource } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'
import { templateNetwork } from '@shared/network/templates'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatasetStore } from './dataset'
import { useDocumentStore } from './document'
import { useNoticesStore } from './notices'
import { useSampleViewStore } from './sample-view'
import { deferred, installFakeBridge } from './testing/fake-bridge'
import { digits, samplePage } from './testing/samples'

const mnist: DatasetSource = { kind: 'sample', id: 'mnist' }
const own: DatasetSource = {
  kind: 'idx',
  title: 'mine',
  train: { images: '/files/a', labels: '/files/b' },
  test: null,
}
const truncated = new AppError('unexpected', { detail: 'truncated' })

function answerByKind({ source }: { source: DatasetSource }) {
  if (source.kind === 'idx') throw truncated
  return digits()
}

beforeEach(() => setActivePinia(createPinia()))

describe('the network', () => {
  const network = templateNetwork('dense-only', { shape: [12, 12, 1], classes: 2 })!

  it('follows data that a person opens, in one step that can be undone', async () => {
    installFakeBridge({ openDataset: () => digits() })
    const document = useDocumentStore()
    document.reset(network)
    await useDatasetStore().open(mnist)
    expect(document.problems).toEqual([])
    expect(document.undoLabel).toBe('canvas.history.follow')
    document.undo()
    expect(document.network).toBe(network)
  })

  it('makes room for one that takes sounds, if nobody has worked on it', async () => {
    installFakeBridge({ openDataset: () => digits({ shape: [8000, 1] }) })
    const document = useDocumentStore()
    document.reset(network)
    await useDatasetStore().open({ kind: 'sample', id: 'speech' })
    expect(document.problems).toEqual([])
    expect(document.network.nodes[0]?.kind).toBe('sequence-input')
    document.undo()
    expect(document.network).toBe(network)
  })

  it.each([
    ['a project opens', async () => useDatasetStore().restore(mnist)],
    ['data that was missing is tried again', () => useDatasetStore().retry()],
  ])('stays as it is when %s', async (_what, open) => {
    installFakeBridge({ openDataset: () => digits() })
    const document = useDocumentStore()
    document.reset(network)
    useDatasetStore().source = mnist
    await open()
    await flushPromises()
    expect(useDatasetStore().summary?.title).toBe('MNIST')
    expect(document.network).toBe(network)
  })
})

describe('opening', () => {
  it('shows what was opened and what it asks of a network', async () => {
    installFakeBridge({ openDataset: () => digits() })
    const dataset = useDatasetStore()
    const opening = dataset.open(mnist)
    expect([dataset.loading, dataset.opening]).toEqual([true, mnist])
    expect(await opening).toBe(true)
    expect([dataset.loading, dataset.opening]).toEqual([false, null])
    expect(dataset.source).toEqual(mnist)
    expect(dataset.fit).toEqual({ shape: [28, 28, 1], classes: 3 })
    expect(dataset.majority).toEqual({ name: 'one', share: 0.5 })
  })

  it('keeps the former data when the next cannot be opened', async () => {
    installFakeBridge({ openDataset: answerByKind })
    const dataset = useDatasetStore()
    await dataset.open(mnist)
    expect(await dataset.open(own)).toBe(false)
    expect(dataset.source).toEqual(mnist)
    expect(dataset.summary?.title).toBe('MNIST')
    expect(dataset.error?.params).toEqual({ detail: 'truncated' })
    dataset.dismissError()
    expect(dataset.error).toBeNull()
  })

  it('lets the later of two attempts win, whichever is answered first', async () => {
    const first = deferred<unknown>()
    const second = deferred<unknown>()
    const waiting = [first, second]
    installFakeBridge({ openDataset: () => waiting.shift()?.promise })
    const dataset = useDatasetStore()
    const slow = dataset.open(mnist)
    const quick = dataset.open(own)
    second.resolve(digits({ title: 'later', source: own }))
    expect(await quick).toBe(true)
    first.resolve(digits({ title: 'earlier' }))
    expect(await slow).toBe(false)
    expect(dataset.summary?.title).toBe('later')
  })

  it('does not show the failure of an attempt that was overtaken', async () => {
    const slow = deferred<unknown>()
    installFakeBridge({
      openDataset: ({ source }: { source: DatasetSource }) => (source.kind === 'idx' ? slow.promise : digits()),
    })
    const dataset = useDatasetStore()
    const lost = dataset.open(own)
    await dataset.open(mnist)
    slow.reject(truncated)
    expect(await lost).toBe(false)
    expect(dataset.error).toBeNull()
  })
})

describe('files', () => {
  it('asks what they are and opens it', async () => {
    const bridge = installFakeBridge({ recognizeFiles: () => own, openDataset: () => digits({ source: own }) })
    const dataset = useDatasetStore()
    const opening = dataset.openFiles([new File([], 'a'), new File([], 'no-path'), new File([], 'b')])
    expect(dataset.opening).toBe('files')
    expect(await opening).toBe(true)
    expect(bridge.named('recognizeFiles')).toEqual([{ paths: ['/files/a', '/files/b'] }])
    expect(dataset.source).toEqual(own)
  })

  it('shows why they were refused', async () => {
    installFakeBridge({
      recognizeFiles: () => {
        throw truncated
      },
    })
    const dataset = useDatasetStore()
    expect(await dataset.openPaths(['/files/a'])).toBe(false)
    expect(dataset.error?.code).toBe('unexpected')
    expect(dataset.loading).toBe(false)
  })

  it.each([
    ['no path', [], 0],
    ['a path', ['/files/a'], 1],
  ])('%s among the chosen ones', async (_name, paths, opened) => {
    const bridge = installFakeBridge({
      chooseDataFiles: () => paths,
      recognizeFiles: () => own,
      openDataset: () => digits(),
    })
    await useDatasetStore().chooseFiles()
    expect(bridge.named('openDataset')).toHaveLength(opened)
  })

  it('does nothing when the choice is cancelled', async () => {
    const bridge = installFakeBridge({ chooseDataFiles: () => null })
    expect(await useDatasetStore().chooseFiles()).toBe(false)
    expect(bridge.calls).toHaveLength(1)
    expect(useNoticesStore().notices).toHaveLength(0)
  })
})

describe('what a project names', () => {
  it('stays named when it cannot be opened, and can be tried again', async () => {
    const bridge = installFakeBridge({ openDataset: answerByKind })
    const dataset = useDatasetStore()
    dataset.restore(own)
    expect(dataset.opening).toEqual(own)
    await flushPromises()
    expect(dataset.source).toEqual(own)
    expect(dataset.summary).toBeNull()
    expect(dataset.error).not.toBeNull()
    bridge.answers.openDataset = () => digits({ source: own })
    expect(await dataset.retry()).toBe(true)
    expect(dataset.summary).not.toBeNull()
  })

  it('may be nothing', async () => {
    installFakeBridge({ openDataset: () => digits() })
    const dataset = useDatasetStore()
    await dataset.open(mnist)
    dataset.restore(null)
    expect([dataset.source, dataset.summary, dataset.fit, dataset.majority]).toEqual([null, null, undefined, null])
    expect(await dataset.retry()).toBe(false)
  })
})

const everything = { filter: everySample, order: sourceOrder }

describe('samples', () => {
  it('are not read where no data is open', async () => {
    const bridge = installFakeBridge()
    expect(await useDatasetStore().page(everything, 0, 10)).toBeUndefined()
    expect(bridge.calls).toHaveLength(0)
  })

  it('are given up by a signal', async () => {
    const never = deferred<unknown>()
    const bridge = installFakeBridge({ openDataset: () => digits(), readSamples: () => never.promise })
    const dataset = useDatasetStore()
    await dataset.open(mnist)
    const controller = new AbortController()
    void dataset.page(everything, 400, 200, controller.signal)
    controller.abort()
    expect(bridge.named('readSamples')).toEqual([{ source: mnist, ...everything, offset: 400, count: 200 }])
    expect(bridge.cancelled).toHaveLength(1)
  })

  it('of a shipped set can be seen before it is opened', async () => {
    const page = samplePage([0], { shape: [1, 1], total: 1 })
    const bridge = installFakeBridge({ openDataset: () => digits(), readSamples: () => page })
    const dataset = useDatasetStore()
    await dataset.preview('mnist', 12)
    await dataset.preview('mnist', 12)
    expect(dataset.previews.get('mnist')?.page.total).toBe(1)
    expect(dataset.summary).toBeNull()
    expect(bridge.named('readSamples')).toHaveLength(1)
  })

  it('that cannot be seen before leave no trace', async () => {
    installFakeBridge({
      openDataset: () => {
        throw truncated
      },
    })
    const dataset = useDatasetStore()
    await dataset.preview('mnist', 12)
    expect(dataset.previews.size).toBe(0)
    expect(dataset.error).toBeNull()
  })
})

describe('the view of samples', () => {
  const sample = {
    row: 9,
    part: 'train' as const,
    label: 2,
    name: '9.png',
    marks: [],
    shape: [1],
    pixels: new Uint8Array(1),
  }

  it('starts anew with other data', async () => {
    installFakeBridge({ openDataset: () => digits() })
    const view = useSampleViewStore()
    view.showPart('test')
    view.showClass(2)
    view.select(5, sample)
    await useDatasetStore().open(mnist)
    expect([view.part, view.classIndex, view.active, view.selected]).toEqual(['train', null, null, null])
  })

  it('drops its selection with another part or class, not with the same', () => {
    const view = useSampleViewStore()
    view.select(5, sample)
    view.showPart('train')
    view.showClass(null)
    expect(view.active).toBe(5)
    view.showClass(1)
    expect([view.active, view.selected]).toEqual([null, null])
    view.select(5, sample)
    view.showPart('test')
    expect(view.selected).toBeNull()
  })
})
