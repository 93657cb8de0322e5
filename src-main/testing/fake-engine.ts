import type { Handlers } from '@shared/ipc/contract'
import { engine, type EngineContract } from '@shared/ipc/engine'
import { AppError } from '@shared/ipc/errors'
import { portPair } from '@shared/ipc/port'
import { serve, type Server } from '@shared/ipc/server'
import type { Log } from '@shared/log'
import { runRecord } from '@shared/testing/run-record'
import type { DeviceReport, RunRecord } from '@shared/training/run'
import type { EngineProcess, Launch, ProcessEnd } from '../engine-host/process'

export const fakeDevice: DeviceReport = {
  backend: 'tensorflow',
  device: 'cpu',
  name: 'Fake processor',
  cores: 2,
  why: 'no-gpu',
  tensorflow: '2.21.0',
  tfjs: '4.22.0',
  node: '20.0.0',
}

/** A run's record as an engine would write it, with what a test wants otherwise. */
export function fakeRun(wanted: Partial<RunRecord> = {}): RunRecord {
  return runRecord({ device: fakeDevice, trainSamples: 54_000, validationSamples: 6000, ...wanted })
}

function unused(): never {
  throw new AppError('unexpected', { detail: 'this test does not call that' })
}

const unusedHandlers: Handlers<EngineContract> = {
  device: () => fakeDevice,
  measureSpeed: unused,
  openDataset: unused,
  recognizeFiles: unused,
  readSamples: unused,
  readRows: unused,
  readSample: unused,
  readSpectra: unused,
  findLike: unused,
  checkEdit: unused,
  previewAugmentation: unused,
  listFiles: unused,
  probeFile: unused,
  findVideos: unused,
  readVideo: unused,
  readEntry: unused,
  readOriginal: unused,
  planImport: unused,
  importDataset: unused,
  importOnce: unused,
  startRun: unused,
  pauseRun: unused,
  resumeRun: unused,
  stopRun: unused,
  previewLayers: unused,
  readFilters: unused,
  topGuesses: unused,
  findSuspicious: unused,
  guessFile: unused,
  exportModel: unused,
}

/** An engine in the test's own process: what it answers, what it says, and when it dies, is the test's choice. */
export interface FakeEngine {
  readonly launch: Launch
  /** Every process that was started, the newest last. */
  readonly started: readonly FakeProcess[]
  /** The newest process. */
  readonly newest: () => FakeProcess
}

export interface FakeProcess {
  readonly server: Server<EngineContract>
  readonly killed: () => boolean
  say(line: string): void
  /** Ends the process, as a crash or somebody else would. */
  die(end?: Partial<ProcessEnd>): void
}

export function fakeEngine(handlers: Partial<Handlers<EngineContract>> = {}, { stubborn = false } = {}): FakeEngine {
  const started: FakeProcess[] = []
  function launch(): EngineProcess {
    const [near, far] = portPair()
    const server = serve(engine, { ...unusedHandlers, ...handlers }, far)
    const listeners = new Set<(line: string) => void>()
    let killed = false
    let end: (how: ProcessEnd) => void = () => undefined
    const ended = new Promise<ProcessEnd>((resolve) => {
      end = resolve
    })
    function die(how: Partial<ProcessEnd> = {}): void {
      far.close()
      end({ reason: 'exit code 1', killed: false, ...how })
    }
    started.push({
      server,
      killed: () => killed,
      say: (line) => listeners.forEach((listener) => listener(line)),
      die,
    })
    return {
      pid: undefined,
      port: near,
      ended,
      onLine: (listener) => void listeners.add(listener),
      kill() {
        killed = true
        if (!stubborn) die({ reason: 'SIGTERM' })
      },
    }
  }
  function newest(): FakeProcess {
    const process = started.at(-1)
    if (!process) throw new Error('No engine was started')
    return process
  }
  return { launch, started, newest }
}

/** A log that keeps what it is told. */
export function fakeLog(): Log & { readonly lines: string[] } {
  const lines: string[] = []
  return {
    lines,
    info: (text) => void lines.push(`info ${text}`),
    warn: (text) => void lines.push(`warn ${text}`),
    error: (text, thrown) => void lines.push(`error ${text}${thrown === undefined ? '' : ` ${String(thrown)}`}`),
  }
}
