import type { EngineState } from '@shared/ipc/app'
import { connect, makeSubscribe, type Connection } from '@shared/ipc/client'
import { eventNames, type Client, type Subscribe } from '@shared/ipc/contract'
import { engine, type EngineContract } from '@shared/ipc/engine'
import { AppError, toReport } from '@shared/ipc/errors'
import type { DeviceReport } from '@shared/training/run'
import { describe, type Log } from '@shared/log'
import { deferred, type Deferred } from './deferred'
import { LastLines } from './lines'
import { waitForExit, type EngineProcess, type Launch, type ProcessEnd } from './process'

export interface HostOptions {
  readonly launch: Launch
  readonly log: Log
  /** Milliseconds before the first, second, ... restart in a row; after the last the engine stays down. */
  readonly restartDelays?: readonly number[]
  /** An engine that was ready for so many milliseconds counts as sound: the next crash is a first one again. */
  readonly soundAfter?: number
  readonly wait?: (milliseconds: number) => Promise<void>
  readonly now?: () => number
}

/** Starts the engine and keeps it running. */
export interface EngineHost {
  readonly on: Subscribe<EngineContract>
  state(): EngineState
  onState(listener: (state: EngineState) => void): () => void
  /** Hears that the engine is gone and why, after every call in flight has failed with the same error. */
  onGone(listener: (why: AppError) => void): () => void
  /** The engine's calls, once it is ready; fails where it stays down. */
  client(): Promise<Client<EngineContract>>
  /** Ends the engine where one runs, and starts a new one, with no restarts counted. */
  restart(): Promise<EngineState>
  /** Ends the engine for good. */
  stop(): Promise<void>
}

interface Running {
  readonly process: EngineProcess
  readonly connection: Connection<EngineContract>
  readonly lines: LastLines
  readyAt: number | undefined
}

const patience = 3000

/** Makes a host and starts its engine at once. */
export function startHost(options: HostOptions): EngineHost {
  const { launch, log, restartDelays = [500, 2000, 5000], soundAfter = 60_000, now = Date.now } = options
  const wait = options.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)))
  const stateListeners = new Set<(state: EngineState) => void>()
  const goneListeners = new Set<(why: AppError) => void>()
  const eventListeners = new Map<string, Set<(payload: unknown) => void>>()
  let state: EngineState = { state: 'starting', device: null, error: null, restarts: 0 }
  let running: Running | undefined
  let client = newClient()
  let crashes = 0
  /** Grows with every start, restart and stop by hand, so that a restart that waits knows that it is out of date. */
  let round = 0

  function newClient(): Deferred<Client<EngineContract>> {
    return deferred()
  }

  function change(next: Partial<EngineState>): void {
    state = { ...state, ...next }
    for (const listener of stateListeners) listener(state)
  }

  function start(restarts: number): void {
    if (client.settled()) client = newClient()
    change({ state: 'starting', restarts })
    let process: EngineProcess
    try {
      process = launch()
    } catch (thrown) {
      log.error('The engine cannot be started', thrown)
      stayDown(new AppError('engine-not-started', { detail: describe(thrown).split('\n')[0] ?? '' }))
      return
    }
    const connection = connect(engine, process.port)
    const own: Running = { process, connection, lines: new LastLines(8), readyAt: undefined }
    running = own
    for (const name of eventNames(engine)) {
      connection.on(name, (payload) => {
        for (const listener of eventListeners.get(name) ?? []) listener(payload)
      })
    }
    process.onLine((line) => {
      own.lines.add(line)
      log.info(`engine: ${line}`)
    })
    void process.ended.then((end) => ended(own, end))
    void connection.client.device({}).then(
      (device) => ready(own, device),
      (thrown: unknown) => unfit(own, thrown),
    )
  }

  function ready(own: Running, device: DeviceReport): void {
    if (running !== own) return
    own.readyAt = now()
    log.info(
      `The engine is ready as process ${own.process.pid ?? '?'}: ${device.backend} on ${device.name}, TensorFlow ${device.tensorflow}`,
    )
    change({ state: 'ready', device, error: null })
    client.resolve(own.connection.client)
  }

  /** The process runs but cannot compute (its native library does not load, say): a new one could not either. */
  function unfit(own: Running, thrown: unknown): void {
    if (running !== own) return
    log.error('The engine cannot compute', thrown)
    const error = thrown instanceof AppError ? thrown : new AppError('unexpected', { detail: String(thrown) })
    release(own, error)
    own.process.kill()
    stayDown(error)
  }

  function release(own: Running, error: AppError): void {
    running = undefined
    own.connection.close(error)
    own.process.port.close()
    for (const listener of goneListeners) listener(error)
  }

  function stayDown(error: AppError): void {
    change({ state: 'crashed', device: null, error: toReport(error) })
    if (client.settled()) client = newClient()
    client.reject(error)
  }

  function ended(own: Running, { reason, killed }: ProcessEnd): void {
    if (running !== own) return
    const lastLines = killed ? '' : own.lines.text()
    const crash = lastLines
      ? new AppError('engine-crashed-saying', { reason, lastLines })
      : new AppError('engine-crashed', { reason })
    log.error(`The engine ended unexpectedly (${reason})${lastLines ? `; its last words:\n${lastLines}` : ''}`)
    if (own.readyAt !== undefined && now() - own.readyAt >= soundAfter) crashes = 0
    crashes += 1
    const delay = restartDelays[crashes - 1]
    if (delay === undefined) {
      release(own, crash)
      stayDown(crashes === 1 ? crash : new AppError('engine-gave-up', { count: crashes, reason }))
      return
    }
    if (client.settled()) client = newClient()
    release(own, crash)
    change({ state: 'crashed', device: null, error: toReport(crash) })
    const begun = round
    void wait(delay).then(() => {
      if (round !== begun) return
      start(state.restarts + 1)
    })
  }

  async function end(why: AppError): Promise<void> {
    round += 1
    const own = running
    if (!own) return
    release(own, why)
    await waitForExit(own.process, patience)
  }

  start(0)
  return {
    on: makeSubscribe(engine, (name, listener) => {
      const set = eventListeners.get(name) ?? new Set()
      eventListeners.set(name, set.add(listener))
      return () => set.delete(listener)
    }),
    state: () => state,
    onState(listener) {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    onGone(listener) {
      goneListeners.add(listener)
      return () => goneListeners.delete(listener)
    },
    client: () => client.promise,
    async restart() {
      await end(new AppError('engine-restarted'))
      crashes = 0
      change({ error: null, device: null })
      start(0)
      await client.promise.catch(() => undefined)
      return state
    },
    async stop() {
      const why = new AppError('engine-stopped')
      await end(why)
      change({ state: 'stopped', device: null, error: null })
      if (client.settled()) client = newClient()
      client.reject(why)
    },
  }
}
