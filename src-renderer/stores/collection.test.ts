import type { Collection, CollectionEdit, CollectionStep } from '@shared/data/collection'
import { usualClip } from '@shared/data/collection'
import { AppError } from '@shared/ipc/errors'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { watch } from 'vue'
import { collectionOf, useCollectionStore } from './collection'
import { useNoticesStore } from './notices'
import { installFakeBridge } from './testing/fake-bridge'

const folder = '/project/collected/0001/samples'

/** A main process that keeps one collection, and takes every step back by the class's name alone. */
function setUp(classes: Collection['classes'] = []) {
  let kept: Collection = { id: '0001', title: 'Mine', kind: 'pictures', clip: usualClip, folder, classes }
  const step = (next: Collection['classes'], undo: CollectionEdit | null): CollectionStep => {
    kept = { ...kept, classes: next }
    return { collection: kept, undo }
  }
  const bridge = installFakeBridge({
    listCollections: () => [{ id: '0001', title: 'Mine', kind: 'pictures', samples: 0 }],
    openCollection: () => kept,
    createCollection: () => kept,
    discardCollection: () => ({}),
    editCollection: ({ edit }: { edit: CollectionEdit }) => {
      if (edit.do === 'addClass') {
        return step([...kept.classes, { name: edit.name, files: [] }], { do: 'removeClass', name: edit.name })
      }
      if (edit.do === 'removeClass')
        return step(
          kept.classes.filter(({ name }) => name !== edit.name),
          null,
        )
      if (edit.do !== 'renameClass') throw new AppError('collection-filled')
      const next = edit.next.replace('/', ' ')
      return step(
        kept.classes.map((one) => (one.name === edit.name ? { ...one, name: next } : one)),
        { do: 'renameClass', name: next, next: edit.name },
      )
    },
    addSamples: ({ name, samples }: { name: string; samples: unknown[] }) =>
      step(
        kept.classes.map((one) =>
          one.name === name
            ? { name, files: [...one.files, ...samples.map((_sample, n) => `${one.files.length + n}`)] }
            : one,
        ),
        { do: 'removeFiles', name, files: ['0'] },
      ),
    filesToAdd: ({ paths }: { paths: string[] }) =>
      paths.flatMap((path) =>
        path.endsWith('folder') ? Array.from({ length: 100 }, (_value, n) => `${n}.png`) : path,
      ),
    addFiles: ({ name, paths }: { name: string; paths: string[] }) => {
      const [videos, files] = [
        paths.filter((path) => path.endsWith('.mp4')),
        paths.filter((path) => path.endsWith('g')),
      ]
      const more = kept.classes.map((one) => (one.name === name ? { name, files: [...one.files, ...files] } : one))
      return {
        ...step(more, files.length > 0 ? { do: 'removeFiles', name, files } : null),
        refused: videos.map((file) => ({ file, code: 'video-not-read', params: { format: 'MP4' } })),
        failed: null,
      }
    },
  })
  setActivePinia(createPinia())
  return { bridge, store: useCollectionStore() }
}

beforeEach(() => setActivePinia(createPinia()))

describe('a collection', () => {
  it('is begun with classes, of which the first one is chosen, and without samples is not kept', async () => {
    const { store, bridge } = setUp()
    expect(await store.begin('Mine', 'pictures', ['a', 'b'])).toBe(true)
    expect([store.shown, store.chosen?.name, store.steps]).toEqual([true, 'a', []])
    await store.leave()
    expect([store.shown, store.current]).toEqual([false, null])
    expect(bridge.named('discardCollection')).toEqual([{ id: '0001' }])
  })

  it('that has samples stays when it is left, and is shown again', async () => {
    const { store, bridge } = setUp([{ name: 'a', files: ['1.png'] }])
    expect(await store.resume()).toBe(true)
    await store.leave()
    expect(store.current?.id).toBe('0001')
    expect(bridge.named('discardCollection')).toEqual([])
  })

  it('takes steps back one by one; a step that fails is told and changes nothing', async () => {
    const { store } = setUp()
    await store.open('0001')
    await store.edit({ do: 'addClass', name: 'a' })
    await store.edit({ do: 'addClass', name: 'b' })
    expect(await store.edit({ do: 'setKind', kind: 'sounds' })).toBe(false)
    expect(useNoticesStore().notices).toMatchObject([{ error: { code: 'collection-filled' } }])
    await store.undo()
    expect(store.current?.classes.map(({ name }) => name)).toEqual(['a'])
    await store.undo()
    await store.undo()
    expect([store.current?.classes, store.steps]).toEqual([[], []])
  })

  it('keeps the chosen class chosen under its new name, as the main process made it', async () => {
    const { store } = setUp([
      { name: 'a', files: [] },
      { name: 'b', files: [] },
    ])
    await store.open('0001')
    store.choose('b')
    await store.rename('b', 'c/d')
    expect(store.chosen?.name).toBe('c d')
  })

  it('hands over many samples in parts', async () => {
    const { store, bridge } = setUp([{ name: 'a', files: [] }])
    await store.open('0001')
    const small = Array.from({ length: 130 }, () => ({ name: 'x', format: 'png' as const, bytes: new Uint8Array(8) }))
    expect(await store.addSamples('a', small)).toBe(true)
    const sizes = bridge.named('addSamples').map((input) => (input as { samples: unknown[] }).samples.length)
    expect(sizes).toEqual([64, 64, 2])
    expect(store.count).toBe(130)
    // They came together, and are taken back together.
    expect(store.steps.map(({ edit }) => edit)).toEqual([{ do: 'removeFiles', name: 'a', files: ['0', '0', '0'] }])
    await store.addSamples('a', small.slice(0, 1))
    expect(store.steps).toHaveLength(2)
  })

  it('tells what was left out, and where it lies', async () => {
    const { store } = setUp([{ name: 'a', files: [] }])
    await store.open('0001')
    const pathless = await store.addDropped('a', [new File([], 'clip.mp4'), new File([], 'no-path.png')])
    expect(pathless.map(({ name }) => name)).toEqual(['no-path.png'])
    expect(store.outcome).toMatchObject({
      paths: ['/files/clip.mp4'],
      className: 'a',
      refused: [{ code: 'video-not-read' }],
      stopped: null,
    })
    expect([store.steps, store.adding]).toEqual([[], false])
  })

  it('takes a folder file by file, and tells how far it is', async () => {
    const { store } = setUp([{ name: 'a', files: [] }])
    await store.open('0001')
    const told: unknown[] = []
    watch(
      () => store.progress?.done,
      (done) => told.push(done),
      { flush: 'sync' },
    )
    await store.addDropped('a', [new File([], 'folder')])
    expect(told).toEqual([8, 100, ...told.slice(2)])
    expect([store.count, store.outcome, store.steps.length, store.adding]).toEqual([100, null, 1, false])
  })

  it('keeps what was copied before the person gave up, says so, and takes it back in one step', async () => {
    const { store, bridge } = setUp([{ name: 'a', files: [] }])
    await store.open('0001')
    const { addFiles } = bridge.answers
    bridge.answers.addFiles = (input: never) => {
      store.cancelAdding()
      return addFiles?.(input)
    }
    const waits = [store.addDropped('a', [new File([], 'folder')]), store.addDropped('a', [new File([], 'later.png')])]
    await Promise.all(waits)
    expect(store.outcome).toMatchObject({ added: 8, total: 100, stopped: 'cancelled' })
    expect([store.count, bridge.named('addFiles').length, store.adding]).toEqual([8, 1, false])
    expect(store.steps.map(({ edit }) => edit.do)).toEqual(['removeFiles'])
  })

  it('tells of files that cannot be looked for, or have no room, before any is copied', async () => {
    const { store, bridge } = setUp([{ name: 'a', files: [] }])
    await store.open('0001')
    bridge.answers.filesToAdd = () => {
      throw new AppError('collection-no-room', { needs: 9, free: 1, path: '/project' })
    }
    await store.addDropped('a', [new File([], 'folder')])
    expect(useNoticesStore().notices).toMatchObject([{ error: { code: 'collection-no-room' } }])
    expect([bridge.named('addFiles'), store.outcome, store.adding]).toEqual([[], null, false])
  })
})

describe('an imported folder', () => {
  it.each([
    [[folder], '0001'],
    [['C:\\p\\collected\\0012\\samples'], '0012'],
    [[folder, folder], undefined],
    [['/elsewhere/samples'], undefined],
    [['/project/collected/x/samples'], undefined],
    [[], undefined],
  ])('%j is of the collection %s', (paths, id) => {
    expect(collectionOf(paths)).toBe(id)
  })
})
