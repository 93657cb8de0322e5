import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DatasetSource } from '@shared/data/dataset'
import type { StoredDataset } from '@shared/data/stored-dataset'
import { fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { createKeptData } from './kept-data'

const folder = useTemporaryFolder()

function manifest(title: string, day: number): StoredDataset {
  return {
    format: 'patchwork-dataset',
    version: 1,
    title,
    kind: 'pictures',
    createdAt: `2026-11-0${day}T00:00:00.000Z`,
    fingerprint: { sources: 'a'.repeat(64), making: 'b'.repeat(64) },
    making: {},
    count: 12,
    preprocessing: { shape: [4, 4, 1], divisor: 255 },
    classes: ['a', 'b'],
    rate: null,
    files: { found: 12, used: 12, skipped: [] },
  }
}

/** A project with data sets 1 (open), 2 (with two runs) and 3 (used by nothing), and what is none. */
async function keeping(trash?: (path: string) => Promise<void>) {
  const project = await folder()
  const at = (name: string) => join(project, 'data', name)
  const trashed: string[] = []
  for (const [n, title] of ['open', 'trained', 'former'].entries()) {
    await mkdir(at(`000${n + 1}`), { recursive: true })
    await writeFile(join(at(`000${n + 1}`), 'dataset.json'), JSON.stringify(manifest(title, n + 1)))
    await writeFile(join(at(`000${n + 1}`), 'samples.npy'), new Uint8Array(100_000 * (n + 1)))
  }
  await mkdir(at('0004.0a1b2c3d.tmp'))
  await mkdir(at('0005'))
  await mkdir(at('0006'))
  await writeFile(join(at('0006'), 'dataset.json'), '{')
  const stored = (name: string): DatasetSource => ({ kind: 'stored', title: name, directory: at(name) })
  const log = fakeLog()
  const kept = createKeptData({
    projectFolder: () => project,
    openSource: () => Promise.resolve(stored('0001')),
    runSources: () => Promise.resolve([stored('0002'), { kind: 'sample', id: 'mnist' }, stored('0002')]),
    log,
    trash: trash ?? ((path) => Promise.resolve(void trashed.push(path))),
  })
  return { kept, trashed, at, log }
}

describe('data that a project keeps', () => {
  it('is listed, the newest first, with its size and who uses it', async () => {
    const { kept, log, at } = await keeping()
    const list = await kept.list()
    expect(list).toMatchObject([
      { name: '0003', title: 'former', samples: 12, shape: [4, 4, 1], open: false, runs: 0 },
      { name: '0002', title: 'trained', open: false, runs: 2 },
      { name: '0001', directory: at('0001'), title: 'open', open: true, runs: 0 },
    ])
    expect(list.map(({ bytes }) => Math.floor(bytes / 100_000))).toEqual([3, 2, 1])
    expect(log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1)
  })

  it('goes to the trash where nothing uses it, and stays otherwise', async () => {
    const { kept, trashed, at } = await keeping()
    await kept.remove('0003')
    await kept.remove('0009')
    expect(trashed).toEqual([at('0003')])
    for (const name of ['0001', '0002'])
      await expect(kept.remove(name)).rejects.toMatchObject({ code: 'data-in-use', params: { path: at(name) } })
    await expect(kept.remove('../runs')).rejects.toThrow()
    expect(trashed).toHaveLength(1)
  })

  it('stays where the system’s trash does not take it, and says why', async () => {
    const { kept, at } = await keeping(() => Promise.reject(new Error('no trash')))
    await expect(kept.remove('0003')).rejects.toMatchObject({ code: 'trash-failed', params: { path: at('0003') } })
  })
})
