import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { usualImport, type ImportReport } from '@shared/data/import'
import type { Handlers } from '@shared/ipc/contract'
import type { EngineContract } from '@shared/ipc/engine'
import { AppError } from '@shared/ipc/errors'
import { startHost, type EngineHost } from '../engine-host/host'
import { fakeEngine, fakeLog } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { createImports } from './imports'

const folder = useTemporaryFolder()
const hosts: EngineHost[] = []
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()))
})

function report(directory: string): ImportReport {
  return {
    directory,
    kind: 'pictures',
    found: 3,
    used: 2,
    skipped: [{ file: 'a/notes.txt', outcome: 'skipped', code: 'unknown-format', params: {} }],
    warnings: [],
    classes: { a: { train: 1, validation: 0, test: 1 } },
    samples: 2,
    shape: [4, 4, 3],
    sizes: [{ shape: [4, 4, 3], count: 2 }],
    duplicates: 0,
    nearDuplicates: 0,
    acrossParts: 0,
    constant: 0,
    seconds: 0.1,
  }
}

type Importing = Handlers<EngineContract>['importDataset']

const makesFolder: Importing = async ({ directory }) => {
  await mkdir(directory, { recursive: true })
  return report(directory)
}

/** An engine whose import ends only when it is given up. */
const neverEnds: Importing = (_order, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')))
  })

async function importing(importDataset: Importing = makesFolder) {
  const project = await folder()
  const log = fakeLog()
  const host = startHost({ launch: fakeEngine({ importDataset }).launch, log })
  hosts.push(host)
  return { project, log, imports: createImports({ engine: host, projectFolder: () => project, log }) }
}

const request = { id: 'one', paths: ['/somewhere/animals'], settings: usualImport }
const patient = () => new AbortController().signal

describe('an import', () => {
  it('makes a folder of the project, the next free number each time, and keeps how it came in', async () => {
    const { project, imports } = await importing()
    await mkdir(join(project, 'data', '0007'), { recursive: true })
    const [one, other] = await Promise.all([imports.run(request, patient()), imports.run(request, patient())])
    expect([one.directory, other.directory].sort()).toEqual([
      join(project, 'data', '0008'),
      join(project, 'data', '0009'),
    ])
    expect(await imports.read(one.directory)).toEqual({
      paths: request.paths,
      settings: usualImport,
      report: report(one.directory),
    })
    expect(() => imports.mayLeave()).not.toThrow()
  })

  it('is as good where its record cannot be kept, which is logged', async () => {
    const { imports, log } = await importing(({ directory }) => report(directory))
    expect(await imports.run(request, patient())).toMatchObject({ used: 2 })
    expect(log.lines.some((line) => /^warn How .* was not kept/.test(line))).toBe(true)
  })

  it('fails with the engine’s own error and leaves its number to the next', async () => {
    const answers = [new AppError('import-nothing', { count: 3, file: 'a' }), undefined]
    const { project, imports } = await importing((order, context) => {
      const error = answers.shift()
      if (error) throw error
      return makesFolder(order, context)
    })
    await expect(imports.run(request, patient())).rejects.toMatchObject({
      code: 'import-nothing',
      params: { count: 3, file: 'a' },
    })
    expect((await imports.run(request, patient())).directory).toBe(join(project, 'data', '0001'))
  })

  it('keeps its project open while it goes on, and ends when it is given up', async () => {
    const { imports } = await importing(neverEnds)
    const giveUp = new AbortController()
    const waiting = imports.run(request, giveUp.signal)
    await expect.poll(() => leaving(imports.mayLeave)).toBe('import-live')
    giveUp.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(leaving(imports.mayLeave)).toBe('')
  })

  it('ends with the program', async () => {
    const { imports } = await importing(neverEnds)
    const waiting = expect(imports.run(request, patient())).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => leaving(imports.mayLeave)).toBe('import-live')
    await imports.stopLive(5000)
    await waiting
  })

  it('removes what a crash left before anything was done, and nothing else', async () => {
    const { project, imports } = await importing()
    const data = join(project, 'data')
    for (const name of ['0001', '0002.0a1b2c3d.tmp', 'mine', '0003.tmp'])
      await mkdir(join(data, name), { recursive: true })
    await imports.run(request, patient())
    expect((await readdir(data)).sort()).toEqual(['0001', '0002', '0003.tmp', 'mine'])
  })
})

describe('an interrupted import', () => {
  const name = '0004.0a1b2c3d.tmp'

  async function interrupted(importDataset?: Importing) {
    const made = await importing(importDataset)
    const half = join(made.project, 'data', name)
    await mkdir(half, { recursive: true })
    const head = {
      format: 'patchwork-import',
      version: 2,
      begunAt: '2026-11-26T00:00:00.000Z',
      process: 1,
      paths: ['/somewhere/birds'],
      settings: { ...usualImport, seed: 5 },
      title: 'birds',
      plan: 'a'.repeat(64),
      total: 10_000,
    }
    const mark = { done: 3210, rows: 3200, nameBytes: 9, seconds: 4, used: 3200, skipped: [], sizes: [], notes: {} }
    await writeFile(join(half, 'import.jsonl'), `${JSON.stringify(head)}\n${JSON.stringify(mark)}\n{"done":33`)
    return made
  }

  it('is told of, and stays where others come in', async () => {
    const { project, imports } = await interrupted()
    expect(await imports.interrupted()).toEqual([
      { name, title: 'birds', begunAt: '2026-11-26T00:00:00.000Z', done: 3210, total: 10_000 },
    ])
    expect((await imports.run(request, patient())).directory).toBe(join(project, 'data', '0005'))
    expect(await imports.interrupted()).toHaveLength(1)
  })

  it('goes on in its own folder, with its own files and settings', async () => {
    const asked: unknown[] = []
    const { project, imports } = await interrupted((order, context) => {
      asked.push(order)
      return makesFolder(order, context)
    })
    const directory = join(project, 'data', '0004')
    expect((await imports.resume({ id: 'two', name }, patient())).directory).toBe(directory)
    expect(asked).toEqual([
      { id: 'two', paths: ['/somewhere/birds'], settings: { ...usualImport, seed: 5 }, directory },
    ])
    expect(await imports.read(directory)).toMatchObject({ paths: ['/somewhere/birds'] })
  })

  it('is none while it goes on, and cannot be begun or discarded then', async () => {
    const { imports } = await interrupted(neverEnds)
    const giveUp = new AbortController()
    const waiting = imports.resume({ id: 'two', name }, giveUp.signal)
    await expect.poll(() => leaving(imports.mayLeave)).toBe('import-live')
    expect(await imports.interrupted()).toEqual([])
    await expect(imports.discard(name)).rejects.toMatchObject({ code: 'import-live' })
    await expect(imports.resume({ id: 'three', name }, patient())).rejects.toMatchObject({ code: 'import-live' })
    giveUp.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(await imports.interrupted()).toHaveLength(1)
  })

  it('leaves nothing when it is discarded', async () => {
    const { project, imports } = await interrupted()
    await imports.discard(name)
    expect(await readdir(join(project, 'data'))).toEqual([])
    await expect(imports.resume({ id: 'two', name }, patient())).rejects.toMatchObject({ code: 'import-gone' })
  })
})

describe('how data came in', () => {
  it.each([
    ['is unknown where nothing tells', undefined, 0],
    ['is unknown where it is damaged, which is logged', '{', 1],
    ['is unknown where it is something else, which is logged', '{"paths":[]}', 1],
  ])('%s', async (_name, content, warnings) => {
    const { project, imports, log } = await importing()
    if (content !== undefined) await writeFile(join(project, 'import.json'), content)
    expect(await imports.read(project)).toBeNull()
    expect(log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(warnings)
  })
})

function leaving(mayLeave: () => void): string {
  try {
    mayLeave()
    return ''
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : String(thrown)
  }
}
