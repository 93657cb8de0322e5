import type { DatasetSource } from '@shared/data/dataset'
import { usualImport } from '@shared/data/import'
import { AppError } from '@shared/ipc/errors'
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useDatasetStore } from './dataset'
import { useImportsStore } from './imports'
import { deferred, installFakeBridge } from './testing/fake-bridge'
import { importPlan, importRecord, importReport } from './testing/import-record'
import { digits } from './testing/samples'

const made: DatasetSource = { kind: 'stored', title: 'animals', directory: '/project/data/0001' }

/** Files that are no IDX pair, and an import that waits for the test. */
function importing() {
  const waiting = deferred<unknown>()
  const bridge = installFakeBridge({
    recognizeFiles: () => {
      throw new AppError('no-data-files', { path: '/files/animals' })
    },
    planImport: () => importPlan(),
    importFiles: () => waiting.promise,
    interruptedImports: () => [],
    openDataset: ({ source }: { source: DatasetSource }) => digits({ source }),
    readImport: () => importRecord(),
  })
  return { bridge, waiting, dataset: useDatasetStore(), imports: useImportsStore() }
}

/** What the last import was called under. */
function idOf(bridge: ReturnType<typeof installFakeBridge>): string {
  return (bridge.named('importFiles').at(-1) as { id: string }).id
}

beforeEach(() => setActivePinia(createPinia()))

describe('files that are no data set yet', () => {
  it.each(['no-data-files', 'idx-too-many', 'not-idx'])(
    'are imported where recognizing them ends in %s',
    async (code) => {
      const { bridge, waiting, dataset, imports } = importing()
      bridge.answers.recognizeFiles = () => {
        throw new AppError(code, { path: 'a', count: 5, file: 'a', found: '00' })
      }
      const opening = dataset.openPaths(['/files/animals'])
      await flushPromises()
      expect(imports.running).toBe(true)
      expect(bridge.named('importFiles')).toMatchObject([{ paths: ['/files/animals'], settings: usualImport }])
      waiting.resolve(importReport())
      expect(await opening).toBe(true)
      expect(dataset.source).toEqual(made)
      expect([imports.running, imports.failed]).toEqual([false, null])
      await flushPromises()
      expect(imports.record).toEqual(importRecord())
    },
  )

  it('are not where an IDX pair is damaged', async () => {
    const { bridge, dataset } = importing()
    bridge.answers.recognizeFiles = () => {
      throw new AppError('idx-truncated', { file: 'a', expected: 9, found: 5 })
    }
    expect(await dataset.openPaths(['/files/a'])).toBe(false)
    expect(dataset.error?.code).toBe('idx-truncated')
    expect(bridge.named('importFiles')).toEqual([])
  })

  it('are told of while they come in, by the progress of this import alone', async () => {
    const { bridge, waiting, dataset, imports } = importing()
    const opening = dataset.openPaths(['/files/animals'])
    await flushPromises()
    bridge.emit('importProgress', { id: 'another', done: 1, total: 9, seconds: 1, resumed: 0 })
    expect(imports.progress).toBeNull()
    bridge.emit('importProgress', { id: idOf(bridge), done: 2, total: 9, seconds: 1, resumed: 0 })
    expect(imports.progress).toMatchObject({ done: 2, total: 9 })
    waiting.resolve(importReport())
    await opening
    expect(bridge.listening('importProgress')).toBe(0)
  })

  it('leave the open data as it was when they fail, and can be tried with other settings', async () => {
    const { bridge, waiting, dataset, imports } = importing()
    await dataset.open({ kind: 'sample', id: 'mnist' })
    const opening = dataset.openPaths(['/files/flat'])
    await flushPromises()
    waiting.reject(new AppError('import-no-classes', { file: 'a', count: 2 }))
    expect(await opening).toBe(false)
    expect(dataset.source).toEqual({ kind: 'sample', id: 'mnist' })
    expect(dataset.error?.code).toBe('import-no-classes')
    expect(imports.failed).toEqual({ paths: ['/files/flat'], settings: usualImport })

    bridge.answers.importFiles = () => importReport()
    const settings = { ...usualImport, labelPattern: '^([a-z]+)' }
    expect(await dataset.importFiles({ paths: ['/files/flat'], settings })).toBe(true)
    expect(bridge.named('recognizeFiles')).toHaveLength(1)
    expect(bridge.named('importFiles').at(-1)).toMatchObject({ settings })
    expect([imports.failed, dataset.error]).toEqual([null, null])
  })

  it.each([
    ['are cancelled', ({ dataset }: ReturnType<typeof importing>) => dataset.cancel()],
    ['are overtaken by other data', ({ dataset }: ReturnType<typeof importing>) => void dataset.retry()],
    ['belong to a project that is left', ({ dataset }: ReturnType<typeof importing>) => dataset.restore(null)],
  ])('leave no error and no data when they %s', async (_name, giveUp) => {
    const all = importing()
    const { bridge, waiting, dataset, imports } = all
    dataset.restore({ kind: 'sample', id: 'mnist' })
    await flushPromises()
    const opening = dataset.openPaths(['/files/animals'])
    await flushPromises()
    giveUp(all)
    expect(imports.running).toBe(false)
    expect(bridge.cancelled).toHaveLength(1)
    waiting.reject(new AppError('cancelled', { name: 'importFiles' }))
    expect(await opening).toBe(false)
    expect(dataset.error).toBeNull()
    expect(dataset.opening).toBeNull()
    expect(dataset.source?.kind).not.toBe('stored')
  })
})

describe('files about which there is something to decide', () => {
  const tight = importPlan({ bytes: 3.1e9, room: { free: 1.2e9, size: 200e9 }, smaller: [20, 30] })

  async function asked(plan = tight) {
    const all = importing()
    all.bridge.answers.planImport = () => plan
    const opening = all.dataset.openPaths(['/files/animals'])
    await flushPromises()
    return { ...all, opening }
  }

  it.each([
    ['there is no room', tight],
    [
      'folders are named as parts',
      importPlan({ facts: { ...tight.facts, parts: [{ folder: 'train', part: 'train', files: 9 }] } }),
    ],
    ['folders look like volumes', importPlan({ facts: { ...tight.facts, sliceFolders: 4 } })],
    ['they are many', importPlan({ files: 20_001 })],
    ['they become much', importPlan({ bytes: 1.2e9 })],
  ])('are asked about where %s, and come in as it is answered', async (_why, plan) => {
    const { bridge, waiting, imports, opening } = await asked(plan)
    expect(imports.asking).toEqual({ order: { paths: ['/files/animals'], settings: usualImport }, plan })
    expect(bridge.named('importFiles')).toEqual([])
    const settings = { ...usualImport, size: [20, 30] as [number, number] }
    imports.answer({ paths: ['/files/animals'], settings })
    await flushPromises()
    expect([imports.asking, imports.running]).toEqual([null, true])
    expect(bridge.named('importFiles')).toMatchObject([{ settings }])
    waiting.resolve(importReport())
    expect(await opening).toBe(true)
  })

  it('stay out where the answer is no, or other data is wanted meanwhile', async () => {
    const { bridge, imports, dataset, opening } = await asked()
    imports.answer(null)
    expect(await opening).toBe(false)
    expect([imports.asking, dataset.error, dataset.opening]).toEqual([null, null, null])
    const again = dataset.openPaths(['/files/animals'])
    await flushPromises()
    expect(imports.asking).not.toBeNull()
    await dataset.open({ kind: 'sample', id: 'mnist' })
    expect(await again).toBe(false)
    expect(imports.asking).toBeNull()
    expect(bridge.named('importFiles')).toEqual([])
  })

  it('can be tried with other settings where nothing can be planned', async () => {
    const { bridge, dataset, imports } = importing()
    bridge.answers.planImport = () => {
      throw new AppError('import-no-classes', { file: 'a', count: 2 })
    }
    expect(await dataset.openPaths(['/files/flat'])).toBe(false)
    expect(dataset.error?.code).toBe('import-no-classes')
    expect(imports.failed).toEqual({ paths: ['/files/flat'], settings: usualImport })
  })
})

describe('an interrupted import', () => {
  const birds = {
    name: '0002.0a1b2c3d.tmp',
    title: 'birds',
    begunAt: '2026-11-26T00:00:00Z',
    done: 3210,
    total: 10_000,
  }

  it('is found with its project, and goes on', async () => {
    const { bridge, dataset, imports } = importing()
    bridge.answers.interruptedImports = () => [birds]
    dataset.restore(null)
    await flushPromises()
    expect(imports.interrupted).toEqual([birds])
    bridge.answers.resumeImport = () => importReport({ directory: '/project/data/0002' })
    bridge.answers.interruptedImports = () => []
    expect(await dataset.resumeImport(birds)).toBe(true)
    await flushPromises()
    expect(bridge.named('resumeImport')).toMatchObject([{ name: birds.name }])
    expect(dataset.source).toEqual({ kind: 'stored', title: 'birds', directory: '/project/data/0002' })
    expect(imports.interrupted).toEqual([])
  })

  it('is told of as soon as it was cancelled', async () => {
    const { bridge, waiting, dataset, imports } = importing()
    const opening = dataset.openPaths(['/files/animals'])
    await flushPromises()
    bridge.answers.interruptedImports = () => [birds]
    dataset.cancel()
    waiting.reject(new AppError('cancelled', { name: 'importFiles' }))
    await opening
    await flushPromises()
    expect(imports.interrupted).toEqual([birds])
  })

  it('is gone when it is discarded', async () => {
    const { bridge, imports } = importing()
    bridge.answers.discardImport = () => ({})
    await imports.discard(birds)
    expect(bridge.named('discardImport')).toEqual([{ name: birds.name }])
    expect(imports.interrupted).toEqual([])
  })
})

describe('how the open data came in', () => {
  it('is asked for stored data alone, and forgotten with it', async () => {
    const { bridge, dataset, imports } = importing()
    await dataset.open(made)
    await flushPromises()
    expect(imports.record).toEqual(importRecord())
    await dataset.open({ kind: 'sample', id: 'mnist' })
    expect(imports.record).toBeNull()
    expect(bridge.named('readImport')).toEqual([{ directory: '/project/data/0001' }])
  })

  it('may be unknown', async () => {
    const { bridge, dataset, imports } = importing()
    bridge.answers.readImport = () => {
      throw new AppError('unexpected', { detail: 'gone' })
    }
    await dataset.open(made)
    await flushPromises()
    expect([imports.record, dataset.error]).toEqual([null, null])
  })
})
