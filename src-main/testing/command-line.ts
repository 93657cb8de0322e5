import { mkdir } from 'node:fs/promises'
import { majorityOf, type DatasetSummary } from '@shared/data/dataset'
import type { Handlers } from '@shared/ipc/contract'
import type { EngineContract } from '@shared/ipc/engine'
import type { RunRecord } from '@shared/training/run'
import { runCommand } from '../cli/program'
import { writeRun } from '../services/run-folder'
import { translator, type Language } from '../services/texts'
import { fakeEngine, fakeRun, type FakeEngine } from './fake-engine'

const mnist: DatasetSummary = {
  source: { kind: 'sample', id: 'mnist' },
  title: 'MNIST',
  shape: [28, 28, 1],
  classes: [...'0123456789'],
  counts: { train: Array(10).fill(6000), test: Array(10).fill(1000) },
  ownTest: true,
  majorityShare: 0.1135,
}

const epoch = {
  epoch: 1,
  step: 4,
  loss: 0.25,
  accuracy: 0.925,
  validationLoss: 0.125,
  validationAccuracy: 0.9625,
  seconds: 12.4,
}

const finished: Partial<RunRecord> = {
  state: 'finished',
  epochsDone: 1,
  stepsDone: 4,
  lastEpoch: epoch,
  test: { samples: 10_000, loss: 0.0625, accuracy: 0.98125 },
  seconds: 12.5,
  imagesPerSecond: 4320,
  compute: { path: 'compiled', precision: 'bfloat16', why: 'chosen', uncompiled: [], trial: [] },
}

type StartInput = Parameters<Handlers<EngineContract>['startRun']>[0]

/** An engine that trains four steps of one epoch, and then does what the test wants of it; `own` answers other calls. */
export function trainingEngine(
  then: (engine: FakeEngine, run: RunRecord, directory: string) => void | Promise<void>,
  own: Parameters<typeof fakeEngine>[0] = {},
) {
  const started: StartInput[] = []
  const opened: object[] = []
  let current: { run: RunRecord; directory: string } | undefined
  const engine = fakeEngine({
    openDataset({ source }) {
      opened.push(source)
      return { ...mnist, source }
    },
    async startRun(input) {
      started.push(input)
      await mkdir(input.directory)
      const run = fakeRun({ id: input.id, number: input.number, settings: input.settings, majority: majorityOf(mnist) })
      current = { run, directory: input.directory }
      await writeRun(input.directory, run)
      setTimeout(() => {
        // As an engine does where a run begins, so that nothing depends on when the answer comes.
        engine.newest().server.emit('runChanged', run)
        engine.newest().server.emit('metrics', {
          runId: input.id,
          sequence: 0,
          firstStep: 1,
          loss: Float32Array.of(2, 1, 0.5, 0.25),
          accuracy: Float32Array.of(0.25, 0.5, 0.75, 1),
          epochs: [epoch],
          progress: { epoch: 1, epochs: 1, step: 4, stepsPerEpoch: 4, imagesPerSecond: 4320, secondsLeft: null },
        })
        void then(engine, run, input.directory)
      })
      return run
    },
    async stopRun() {
      if (!current) throw new Error('Nothing runs')
      const run: RunRecord = { ...current.run, state: 'stopped', test: null, epochsDone: 0 }
      await writeRun(current.directory, run)
      engine.newest().server.emit('runChanged', run)
      return run
    },
    exportModel: ({ format, target }) => ({
      format,
      directory: target,
      files: [
        { name: 'model.json', bytes: 4321 },
        { name: 'weights.bin', bytes: 1_720_320 },
      ],
      proof: { samples: 10, maxDifference: 3.1e-7, tolerance: 1e-4 },
    }),
    ...own,
  })
  return { engine, started, opened }
}

/** Lets the run end well. */
export const finish = (engine: FakeEngine, run: RunRecord) =>
  engine.newest().server.emit('runChanged', { ...run, ...finished })

export interface Setting {
  readonly engine?: FakeEngine
  readonly home: string
  readonly language?: Language
  readonly columns?: number
  readonly interrupt?: (listener: () => void) => void
}

/** Runs a command line as a person would, and gives all that they get to see. */
export async function command(words: readonly string[], setting: Setting) {
  const { engine = fakeEngine(), home, language = 'en', columns, interrupt } = setting
  let [out, told] = ['', '']
  const code = await runCommand({
    words,
    folder: home,
    text: translator(language),
    locale: language,
    launch: engine.launch,
    version: '1.2.3',
    out: (text) => (out += text),
    tell: (text) => (told += text),
    columns: () => columns,
    onInterrupt(listener) {
      interrupt?.(listener)
      return () => undefined
    },
  })
  return { code, out, told, home, engine }
}
