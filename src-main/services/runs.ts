import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import type { Log } from '@shared/log'
import { isLive, type RunRecord, type RunRequest } from '@shared/training/run'
import type { RunHistory } from '@shared/training/metrics'
import type { EngineHost } from '../engine-host/host'
import { isMissing, reasonOf } from './atomic-file'
import { listRunFolders, markInterrupted, readHistory, readRun, runIdOf } from './run-folder'

export interface RunsOptions {
  readonly engine: Pick<EngineHost, 'client' | 'on' | 'onGone'>
  /** The folder of the open project. */
  readonly projectFolder: () => string
  readonly log: Log
  /** Tells the windows that a run began, changed or ended. */
  readonly changed: (run: RunRecord) => void
  /** Moves a folder to the system's trash. */
  readonly trash: (path: string) => Promise<void>
}

export interface Runs {
  /** The open project's runs, the newest first. One that is damaged is left out and logged. */
  list(): Promise<RunRecord[]>
  history(id: string): Promise<RunHistory>
  start(request: RunRequest): Promise<RunRecord>
  pause(id: string): Promise<RunRecord>
  resume(id: string): Promise<RunRecord>
  stop(id: string): Promise<RunRecord>
  remove(id: string): Promise<void>
  /** The folder of a run of the open project. */
  folder(id: string): string
  /** Throws where a run is training, so that its project cannot be left. */
  mayLeave(): void
  /** Stops what is training and waits until it has ended; gives up after so many milliseconds. */
  stopLive(patience: number): Promise<void>
}

/** The runs of the open project: folders `runs/<id>` that the engine fills, and the one that trains now. */
export function createRuns({ engine, projectFolder, log, changed, trash }: RunsOptions): Runs {
  /** The runs that this program's engine has at work, with their folders. */
  const live = new Map<string, { readonly folder: string; readonly number: number }>()
  const endListeners = new Set<() => void>()
  /** One start after another, so that two never take one number. */
  const starting = new Lock()

  const runsFolder = () => join(projectFolder(), 'runs')
  const folder = (id: string) => join(runsFolder(), id)

  engine.on('runChanged', (run) => {
    follow(run)
    changed(run)
  })
  engine.onGone((why) => {
    const lost = [...live.entries()]
    live.clear()
    for (const [id, { folder: path }] of lost) void interrupt(path, id, why)
    for (const listener of endListeners) listener()
  })

  function follow(run: RunRecord): void {
    if (isLive(run.state)) return
    if (live.delete(run.id)) for (const listener of endListeners) listener()
  }

  async function interrupt(path: string, id: string, why: AppError): Promise<void> {
    try {
      const run = await markInterrupted(path, why)
      log.warn(`Run ${id} was interrupted at step ${run.stepsDone}`)
      changed(run)
    } catch (thrown) {
      log.error(`Run ${id} was interrupted, and could not be marked as such`, thrown)
    }
  }

  /** A run that says it trains although no engine has it was left behind by a crash of the whole program. */
  async function readAndMend(path: string): Promise<RunRecord | undefined> {
    try {
      const run = await readRun(path)
      if (!isLive(run.state) || live.has(run.id)) return run
      return await markInterrupted(path, new AppError('run-left-behind'))
    } catch (thrown) {
      log.error(`The run in ${path} cannot be read`, thrown)
      return undefined
    }
  }

  async function begin(request: RunRequest): Promise<RunRecord> {
    const client = await engine.client()
    const numbers = (await listRunFolders(runsFolder())).map(({ number }) => number)
    const number = Math.max(0, ...numbers) + 1
    const id = runIdOf(number)
    const directory = folder(id)
    await mkdir(runsFolder(), { recursive: true }).catch((cause: unknown) => {
      throw new AppError('write-failed', { path: runsFolder(), detail: reasonOf(cause) }, { cause })
    })
    live.set(id, { folder: directory, number })
    try {
      const run = await client.startRun({ ...request, id, number, directory })
      log.info(`Run ${id} began in ${directory}`)
      follow(run)
      return run
    } catch (thrown) {
      live.delete(id)
      throw thrown
    }
  }

  return {
    async list() {
      const folders = await listRunFolders(runsFolder())
      const runs = await Promise.all(folders.map(({ path }) => readAndMend(path)))
      return runs.filter((run) => run !== undefined).sort((one, other) => other.number - one.number)
    },
    history: (id) => readHistory(folder(id)),
    start: (request) => starting.run(() => begin(request)),
    pause: async (id) => (await engine.client()).pauseRun({ id }),
    resume: async (id) => (await engine.client()).resumeRun({ id }),
    stop: async (id) => (await engine.client()).stopRun({ id }),
    async remove(id) {
      const known = live.get(id)
      if (known) throw new AppError('run-live', { number: known.number })
      const path = folder(id)
      const gone = await stat(path).then(() => false, isMissing)
      if (gone) return
      try {
        await trash(path)
      } catch (cause) {
        throw new AppError('trash-failed', { path, detail: reasonOf(cause) }, { cause })
      }
      log.info(`Moved ${path} to the trash`)
    },
    folder,
    mayLeave() {
      const [first] = live.values()
      if (first) throw new AppError('run-live', { number: first.number })
    },
    async stopLive(patience) {
      if (live.size === 0) return
      const client = await engine.client()
      const done = new Promise<void>((resolve) => {
        endListeners.add(() => {
          if (live.size === 0) resolve()
        })
      })
      // Asked once more, the engine also gives up judging the test part, for which nobody waits now.
      for (const id of [...live.keys()].flatMap((one) => [one, one])) {
        client.stopRun({ id }).then(follow, (thrown: unknown) => {
          if (live.has(id)) log.warn(`Run ${id} could not be stopped: ${String(thrown)}`)
        })
      }
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, patience))])
    },
  }
}
