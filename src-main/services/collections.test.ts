import { mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Collection, CollectionEdit, CollectionKind } from '@shared/data/collection'
import type { ProbeReport } from '@shared/data/probe'
import { startHost } from '../engine-host/host'
import { fakeEngine, fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { createCollections } from './collections'

const folder = useTemporaryFolder()

function report(file: string, outcome: ProbeReport['outcome'], shape: number[], rate: number | null): ProbeReport {
  const figures = { shape, dtype: 'uint8', rate, at: [], mean: [], min: 0, max: 1 }
  const reason = outcome === 'decoded' ? null : { code: 'is-text', params: {} }
  return { file, outcome, reason, format: 'X', notes: [], figures: reason ? null : figures, arrays: null }
}

/** A service in an empty project, with an engine that takes a file for what its ending says. */
async function setUp(kind: CollectionKind = 'pictures') {
  const projectFolder = await folder()
  const log = fakeLog()
  const { launch } = fakeEngine({
    probeFile: ({ path }) => [
      path.endsWith('.png')
        ? report(path, 'decoded', [4, 4, 3], null)
        : path.endsWith('.wav')
          ? report(path, 'decoded', [800, 1], 8000)
          : report(path, 'skipped', [], null),
    ],
    listFiles: async ({ path }) => ({ files: (await readdir(path)).map((name) => join(path, name)) }),
  })
  const engine = startHost({ launch, log })
  const service = createCollections({ engine, projectFolder: () => projectFolder, log })
  const { id, folder: samples } = await service.create('Mine', kind)
  const edit = (one: CollectionEdit) => service.edit(id, one)
  return { projectFolder, service, id, samples, edit, log }
}

const picture = (n: number) => ({ name: 'camera', format: 'png' as const, bytes: Uint8Array.of(n) })
const classesOf = ({ classes }: Collection) => Object.fromEntries(classes.map(({ name, files }) => [name, files]))

describe('collections', () => {
  it('keep samples as files in class folders, in the order of the classes', async () => {
    const { service, id, samples, edit, projectFolder } = await setUp()
    await edit({ do: 'addClass', name: 'zebras' })
    await edit({ do: 'addClass', name: 'apes' })
    await service.addSamples({ id, name: 'zebras' }, [picture(1), picture(2)])
    const { collection, undo } = await service.addSamples({ id, name: 'zebras' }, [picture(3)])
    expect(collection).toMatchObject({ title: 'Mine', kind: 'pictures', folder: samples })
    expect(classesOf(collection)).toEqual({
      zebras: ['camera-0001.png', 'camera-0002.png', 'camera-0003.png'],
      apes: [],
    })
    expect(collection.classes.map(({ name }) => name)).toEqual(['zebras', 'apes'])
    expect(undo).toEqual({ do: 'removeFiles', name: 'zebras', files: ['camera-0003.png'] })
    expect(await readFile(join(samples, 'zebras', 'camera-0002.png'))).toEqual(Buffer.of(2))
    expect(await service.readSample({ id, name: 'zebras' }, 'camera-0003.png')).toEqual(Uint8Array.of(3))
    expect(await readdir(join(projectFolder, 'collected', id))).toEqual(['collection.json', 'samples'])
    expect(await service.list()).toEqual([{ id, title: 'Mine', kind: 'pictures', samples: 3 }])
  })

  it('take every step back, and that one again', async () => {
    const { service, id, edit } = await setUp()
    await edit({ do: 'addClass', name: 'a' })
    await edit({ do: 'addClass', name: 'b' })
    await service.addSamples({ id, name: 'a' }, [picture(1), picture(2), picture(3)])
    const before = await service.open(id)
    const steps: CollectionEdit[] = [
      { do: 'setTitle', title: 'Other' },
      { do: 'addClass', name: 'c' },
      { do: 'renameClass', name: 'a', next: 'A' },
      { do: 'removeClass', name: 'a' },
      { do: 'removeFiles', name: 'a', files: ['camera-0001.png', 'camera-0003.png'] },
    ]
    for (const step of steps) {
      const done = await edit(step)
      expect(done.collection).not.toEqual(before)
      const undone = await edit(done.undo!)
      expect(undone.collection).toEqual(before)
      const redone = await edit(undone.undo!)
      expect(redone.collection).toEqual(done.collection)
      await edit(redone.undo!)
    }
  })

  it('forget what was removed when the program is started anew', async () => {
    const { service, id, edit, projectFolder, log } = await setUp()
    await edit({ do: 'addClass', name: 'a' })
    await service.addSamples({ id, name: 'a' }, [picture(1)])
    const { undo } = await edit({ do: 'removeClass', name: 'a' })
    await service.open(id)
    expect(await readdir(join(projectFolder, 'collected', id))).toContain('removed')
    const engine = startHost({ launch: fakeEngine().launch, log })
    const later = createCollections({ engine, projectFolder: () => projectFolder, log })
    await later.open(id)
    expect(await readdir(join(projectFolder, 'collected', id))).not.toContain('removed')
    await expect(later.edit(id, undo!)).rejects.toMatchObject({ code: 'collection-not-restored' })
  })

  it('copy files and folders of a person, each under a name of its own, and leave out what is no sample', async () => {
    const { service, id, samples, edit } = await setUp()
    const own = await folder()
    await mkdir(join(own, 'more'))
    await writeFile(join(own, 'one.png'), 'one')
    await writeFile(join(own, 'more', 'ONE.png'), 'two')
    await writeFile(join(own, 'more', 'words.txt'), 'words')
    await writeFile(join(own, 'more', 'sound.wav'), 'sound')
    await symlink(join(own, 'one.png'), join(own, 'more', 'zlink.png'))
    await edit({ do: 'addClass', name: 'a' })
    const files = await service.filesToAdd([join(own, 'one.png'), join(own, 'more')])
    const added = await service.addFiles({ id, name: 'a' }, files)
    expect(added.failed).toBeNull()
    expect(classesOf(added.collection)).toEqual({ a: ['ONE-2.png', 'one.png', 'zlink.png'] })
    expect(added.refused).toEqual([
      { file: 'sound.wav', code: 'other-kind', params: { format: 'X' } },
      { file: 'words.txt', code: 'is-text', params: {} },
    ])
    expect(await readFile(join(samples, 'a', 'ONE-2.png'), 'utf8')).toBe('two')
    expect(await readdir(own)).toEqual(['more', 'one.png'])
    expect((await service.addFiles({ id, name: 'a' }, [join(own, 'more', 'words.txt')])).undo).toBeNull()
    await expect(service.filesToAdd([join(own, 'gone')])).rejects.toMatchObject({ code: 'file-missing' })
  })

  it('tell what the disk did not take, and keep what it took before', async () => {
    const { service, id, edit, samples } = await setUp()
    const own = await folder()
    for (const name of ['1.png', '2.png', '3.png']) await writeFile(join(own, name), name)
    await edit({ do: 'addClass', name: 'a' })
    const files = await service.filesToAdd([own])
    // What is in the way of the second copy stands for a disk that refuses it.
    await mkdir(join(samples, 'a', '.1.tmp'))
    const added = await service.addFiles({ id, name: 'a' }, files)
    expect(added.failed).toMatchObject({ code: 'write-failed', params: { path: join(samples, 'a', '2.png') } })
    expect(classesOf(added.collection)).toEqual({ a: ['1.png'] })
    expect(added.undo).toEqual({ do: 'removeFiles', name: 'a', files: ['1.png'] })
  })

  it('refuse files that the disk has no room for', async () => {
    const { service } = await setUp()
    const own = await folder()
    await writeFile(join(own, 'huge.png'), '')
    // All holes: it says that it takes more than any disk has.
    await truncate(join(own, 'huge.png'), 2 ** 42)
    await expect(service.filesToAdd([own])).rejects.toMatchObject({
      code: 'collection-no-room',
      params: { needs: 2 ** 22 },
    })
  })

  it('lead nowhere else, whatever they are named', async () => {
    const { service, id, samples, edit, projectFolder } = await setUp()
    const { collection } = await edit({ do: 'addClass', name: '../../../out' })
    expect(classesOf(collection)).toEqual({ out: [] })
    await service.addSamples({ id, name: 'out' }, [{ ...picture(1), name: '../../up' }])
    expect(await readdir(join(samples, 'out'))).toEqual(['up-0001.png'])
    for (const name of ['..', '../samples', 'out/../out', '.']) {
      await expect(service.addSamples({ id, name }, [picture(1)])).rejects.toMatchObject({
        code: 'collection-class-missing',
      })
      await expect(service.readSample({ id, name }, 'collection.json')).rejects.toMatchObject({
        code: 'collection-class-missing',
      })
    }
    await expect(edit({ do: 'removeFiles', name: 'out', files: ['..'] })).rejects.toMatchObject({
      code: 'file-missing',
    })
    const list = join(projectFolder, 'collected', id, 'collection.json')
    const text = await readFile(list, 'utf8')
    await writeFile(list, text.replace('"out"', '"../../.."'))
    await expect(service.open(id)).rejects.toMatchObject({ code: 'collection-class-missing' })
    await writeFile(list, text.slice(0, 20))
    await expect(service.open(id)).rejects.toMatchObject({ code: 'collection-damaged' })
    expect(await service.list()).toEqual([])
    await expect(service.open('0099')).rejects.toMatchObject({ code: 'collection-missing' })
  })

  it('keep their kind while there are samples, and go only where there are none', async () => {
    const { service, id, edit } = await setUp()
    await edit({ do: 'setKind', kind: 'sounds' })
    await edit({ do: 'addClass', name: 'a' })
    await service.addSamples({ id, name: 'a' }, [{ name: 'clip', format: 'wav', bytes: Uint8Array.of(1) }])
    await expect(edit({ do: 'setKind', kind: 'pictures' })).rejects.toMatchObject({ code: 'collection-filled' })
    await service.discard(id)
    expect(await service.list()).toHaveLength(1)
    await edit({ do: 'removeClass', name: 'a' })
    await service.discard(id)
    expect(await service.list()).toEqual([])
  })

  it('take steps one after another, however they come in', async () => {
    const { service, id, edit } = await setUp()
    await edit({ do: 'addClass', name: 'a' })
    await Promise.all(Array.from({ length: 20 }, (_value, n) => service.addSamples({ id, name: 'a' }, [picture(n)])))
    const { classes } = await service.open(id)
    expect(classes[0]?.files).toHaveLength(20)
  })
})
