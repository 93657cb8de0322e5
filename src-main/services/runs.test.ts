import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@shared/ipc/errors'
import type { RunRecord, RunRequest } from '@shared/training/run'
import { initialTraining } from '@shared/training/settings'
import { startHost, type EngineHost } from '../engine-host/host'
import { fakeEngine, fakeLog, fakeRun } from '../testing/fake-engine'
import { useTemporaryFolder } from '../testing/temporary-folder'
import { readRun, writeRun } from './run-folder'
import { createRuns } from './runs'

const folder = useTemporaryFolder()
const hosts: EngineHost[] = []
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()))
})

const request: RunRequest = {
  network: { nodes: [], wires: [] },
  dataset: { kind: 'sample', id: 'mnist' },
  settings: initialTraining,
}

/** A project's runs over an engine that writes `run.json` and then does nothing until it is told. */
async function training(onStart: (directory: string) => void = () => undefined) {
  const project = await folder()
  const live = new Map<string, { directory: string; run: RunRecord }>()

  async function change(id: string, next: Partial<RunRecord>): Promise<RunRecord> {
    const known = live.get(id)
    if (!known) throw new AppError('run-missing', { path: id })
    known.run = { ...known.run, ...next }
    await writeRun(known.directory, known.run)
    engine.newest().server.emit('runChanged', known.run)
    return known.run
  }

  const engine = fakeEngine({
    async startRun({ id, number, directory }) {
      onStart(directory)
      await mkdir(directory)
      const run = fakeRun({ id, number })
      await writeRun(directory, run)
      live.set(id, { directory, run })
      return run
    },
    pauseRun: ({ id }) => change(id, { state: 'paused' }),
    resumeRun: ({ id }) => change(id, { state: 'running' }),
    stopRun: ({ id }) => change(id, { state: 'stopped' }),
  })
  const log = fakeLog()
  const host = startHost({ launch: engine.launch, log, restartDelays: [1] })
  hosts.push(host)
  const changed = vi.fn()
  const bin = await folder()
  const trash = vi.fn((path: string) => rename(path, join(bin, 'trashed')))
  const runs = createRuns({ engine: host, projectFolder: () => project, log, changed, trash })
  return { runs, project, engine, log, changed, change, trash, bin }
}

describe('starting runs', () => {
  it('numbers them from one, in folders of their own, the newest first', async () => {
    const { runs, project } = await training()
    expect(await runs.list()).toEqual([])
    const first = await runs.start(request)
    await runs.stop(first.id)
    const second = await runs.start(request)
    expect([first.id, second.id]).toEqual(['run-0001', 'run-0002'])
    expect((await runs.list()).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'run-0002 running',
      'run-0001 stopped',
    ])
    expect((await readdir(join(project, 'runs'))).sort()).toEqual(['run-0001', 'run-0002'])
  })

  it('gives two that start at once different numbers', async () => {
    const { runs } = await training()
    const both = await Promise.all([runs.start(request), runs.start(request)])
    expect(both.map(({ number }) => number)).toEqual([1, 2])
  })

  it('never takes a number again that a folder still has, whatever lies in it', async () => {
    const { runs, project } = await training()
    await mkdir(join(project, 'runs', 'run-0007'), { recursive: true })
    expect((await runs.start(request)).number).toBe(8)
  })

  it('lets a start fail without leaving a run that seems to train', async () => {
    const { runs } = await training(() => {
      throw new AppError('write-failed', { path: '/p', detail: 'ENOSPC' })
    })
    await expect(runs.start(request)).rejects.toMatchObject({ code: 'write-failed' })
    expect(() => runs.mayLeave()).not.toThrow()
  })
})

describe('a run that trains', () => {
  it('is paused, resumed and stopped, and windows hear of it', async () => {
    const { runs, changed } = await training()
    const { id } = await runs.start(request)
    const answers = [await runs.pause(id), await runs.resume(id), await runs.stop(id)]
    expect(answers.map(({ state }) => state)).toEqual(['paused', 'running', 'stopped'])
    expect(changed.mock.calls.map(([run]) => run.state)).toEqual(['paused', 'running', 'stopped'])
  })

  it('keeps its project open and cannot be deleted, until it has ended', async () => {
    const { runs, change, trash } = await training()
    const { id } = await runs.start(request)
    expect(() => runs.mayLeave()).toThrow(expect.objectContaining({ code: 'run-live', params: { number: 1 } }))
    await expect(runs.remove(id)).rejects.toMatchObject({ code: 'run-live' })
    expect(trash).not.toHaveBeenCalled()
    await change(id, { state: 'finished' })
    await vi.waitFor(() => expect(() => runs.mayLeave()).not.toThrow())
  })

  it('is interrupted when its engine crashes, with everything recorded so far', async () => {
    const { runs, engine, changed } = await training()
    const run = await runs.start(request)
    await writeFile(join(runs.folder(run.id), 'metrics.jsonl'), '{"step":1,"loss":2,"accuracy":0}\n')
    engine.newest().die({ reason: 'SIGKILL', killed: true })
    await vi.waitFor(() => expect(changed).toHaveBeenCalled())
    const expected = {
      id: run.id,
      state: 'interrupted',
      stepsDone: 1,
      error: { code: 'engine-crashed', params: { reason: 'SIGKILL' } },
    }
    expect(changed.mock.calls).toEqual([[expect.objectContaining(expected)]])
    expect(await readRun(runs.folder(run.id))).toMatchObject(expected)
    expect(() => runs.mayLeave()).not.toThrow()
    expect((await runs.history(run.id)).loss).toEqual(Float32Array.of(2))
    expect((await runs.start(request)).number).toBe(2)
  })

  it('is stopped before the program ends', async () => {
    const { runs } = await training()
    const { id } = await runs.start(request)
    await runs.stopLive(10_000)
    expect((await readRun(runs.folder(id))).state).toBe('stopped')
    await runs.stopLive(10_000)
  })
})

describe('runs of another time', () => {
  it('count as interrupted where they seem to train and no engine has them', async () => {
    const { runs, project } = await training()
    const states = ['running', 'paused', 'preparing', 'finished', 'failed'] as const
    for (const [index, state] of states.entries()) {
      const id = `run-000${index + 1}`
      await mkdir(join(project, 'runs', id), { recursive: true })
      await writeRun(join(project, 'runs', id), fakeRun({ id, number: index + 1, state }))
    }
    const listed = await runs.list()
    expect(listed.map(({ state }) => state)).toEqual([
      'failed',
      'finished',
      'interrupted',
      'interrupted',
      'interrupted',
    ])
    expect(listed.at(-1)?.error).toEqual({ code: 'run-left-behind', params: {} })
  })

  it('are left out and logged where they are damaged', async () => {
    const { runs, project, log } = await training()
    await mkdir(join(project, 'runs', 'run-0001'), { recursive: true })
    await writeFile(join(project, 'runs', 'run-0001', 'run.json'), '{"half')
    expect(await runs.list()).toEqual([])
    expect(log.lines.filter((line) => line.startsWith('error') && line.includes('run-0001'))).toHaveLength(1)
  })

  it('are moved to the trash', async () => {
    const { runs, project, bin } = await training()
    const { id } = await runs.start(request)
    await runs.stop(id)
    await runs.remove(id)
    expect(await readdir(join(project, 'runs'))).toEqual([])
    expect(await readdir(join(bin, 'trashed'))).toEqual(['run.json'])
    await expect(runs.remove(id)).resolves.toBeUndefined()
  })

  it('stay where the system has no trash', async () => {
    const { runs, trash } = await training()
    const { id } = await runs.start(request)
    await runs.stop(id)
    trash.mockRejectedValue(new Error('no trash here'))
    await expect(runs.remove(id)).rejects.toMatchObject({
      code: 'trash-failed',
      params: { path: runs.folder(id), detail: 'no trash here' },
    })
    expect(await runs.list()).toHaveLength(1)
  })
})
