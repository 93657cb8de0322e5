import { AppError } from '@shared/ipc/errors'
import { outputsOf } from '@shared/network/outputs'
import type { Augmentation } from '@shared/training/augmentation'
import type { PrecisionChoice } from '@shared/training/precision'
import { isLive, type RunRecord } from '@shared/training/run'
import type { EngineHost } from '../engine-host/host'
import { markInterrupted } from '../services/run-folder'
import { withEngine } from './engine'
import { numbersIn } from './numbers'
import { progressView } from './progress'
import { prepareRequest } from './request'
import { placeRun, type RunPlace } from './run-place'
import { exitCodes, type Surroundings } from './surroundings'

export interface TrainOptions {
  readonly sample?: string
  readonly data?: string
  readonly images?: string
  readonly labels?: string
  readonly testImages?: string
  readonly testLabels?: string
  readonly template?: string
  readonly project?: string
  readonly epochs?: number
  readonly seed?: number
  readonly batchSize?: number
  readonly optimizer?: string
  readonly learningRate?: number
  readonly validation?: number
  readonly precision?: PrecisionChoice
  readonly augment?: Augmentation
  readonly out?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

/** Trains a network and judges it on the test part; gives the exit code. */
export async function train(options: TrainOptions, surroundings: Surroundings): Promise<number> {
  const { text, tell, locale, folder } = surroundings
  return withEngine(surroundings, options.verbose ?? false, async (engine) => {
    const client = await engine.client()
    const request = await prepareRequest(options, engine, surroundings)
    const place = await placeRun(folder, options.out)
    if (options.out === undefined) tell(`${text('cli.train.place', { path: place.directory })}\n`)
    const progress = progressView({ text, numbers: numbersIn(locale), tell, columns: surroundings.columns })
    const compare = ({ majority }: RunRecord) => majority && progress.compare(majority.share)
    const end = runEnd(engine, place)
    const stopMetrics = engine.on('metrics', (batch) => progress.show(batch))
    const stopChanges = engine.on('runChanged', compare)
    const stopInterrupt = surroundings.onInterrupt(interruption(engine, place, surroundings))
    try {
      const begun = await client.startRun({ ...request, ...place })
      compare(begun)
      return report(isLive(begun.state) ? await end : begun, place, options, surroundings, progress.end)
    } finally {
      stopMetrics()
      stopChanges()
      stopInterrupt()
      progress.end()
    }
  })
}

/** Resolves when the run has ended, one way or another. Where its engine dies, the run is marked as interrupted. */
function runEnd(engine: EngineHost, { id, directory }: RunPlace): Promise<RunRecord> {
  const end = new Promise<RunRecord>((resolve, reject) => {
    const stopChanges = engine.on('runChanged', (run) => {
      if (run.id !== id || isLive(run.state)) return
      stopChanges()
      // An engine that goes once the run has ended interrupts nothing.
      stopGone()
      resolve(run)
    })
    const stopGone = engine.onGone((why) => {
      markInterrupted(directory, why).then(
        () => reject(why),
        () => reject(why),
      )
    })
  })
  // Where the start itself fails, nobody waits for this.
  end.catch(() => undefined)
  return end
}

/** Ctrl+C stops the run in order; once more ends the engine at once. */
function interruption(engine: EngineHost, { id }: RunPlace, { tell, text }: Surroundings): () => void {
  let asked = false
  return () => {
    if (asked) {
      void engine.stop()
      return
    }
    asked = true
    tell(`\n${text('cli.train.stopping')}\n`)
    engine
      .client()
      .then((client) => client.stopRun({ id }))
      .catch(() => engine.stop())
  }
}

function report(
  run: RunRecord,
  { directory }: RunPlace,
  options: TrainOptions,
  { text, out, locale }: Surroundings,
  endProgress: () => void,
): number {
  endProgress()
  if (run.error) throw new AppError(run.error.code, run.error.params)
  if (options.json) out(`${JSON.stringify(resultOf(run, directory))}\n`)
  else out(`${summaryOf(run, directory, locale, text)}\n`)
  return run.state === 'finished' ? exitCodes.done : exitCodes.interrupted
}

/** The last line on standard output with `--json`. */
export function resultOf(run: RunRecord, directory: string) {
  return {
    run: directory,
    epochs: run.epochsDone,
    trainSamples: run.trainSamples,
    testAccuracy: run.test?.accuracy ?? null,
    testLoss: run.test?.loss ?? null,
    majorityShare: run.majority?.share ?? null,
    ...(run.test?.outputLosses ? { testOutputLosses: ownLosses(run.network, run.test.outputLosses) } : {}),
    seconds: run.seconds,
    imagesPerSecond: run.imagesPerSecond,
    device: run.device?.device ?? null,
    backend: run.device?.backend ?? null,
    path: run.compute?.path ?? null,
    precision: run.compute?.precision ?? null,
  }
}

/** Each output's own loss by its layer's id, the main one's first. */
function ownLosses(network: RunRecord['network'], losses: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    outputsOf(network).flatMap(({ id }, n) => (losses[n] === undefined ? [] : [[id, losses[n]]])),
  )
}

function summaryOf(run: RunRecord, directory: string, locale: string, text: Surroundings['text']): string {
  const numbers = numbersIn(locale)
  const lines = [
    text('cli.train.trained', {
      epochs: run.epochsDone,
      samples: numbers.count(run.trainSamples),
      time: numbers.time(run.seconds),
      rate: numbers.count(run.imagesPerSecond),
      device: run.device ? `${run.device.device.toUpperCase()} ${run.device.name}` : '',
    }),
    text('cli.train.run', { path: directory }),
  ]
  if (!run.test) return [text('cli.train.stopped'), ...lines].join('\n')
  const { accuracy, loss, samples } = run.test
  const judged = { accuracy: numbers.percent(accuracy), samples: numbers.count(samples), loss: numbers.loss(loss) }
  const { majority } = run
  const guessing = majority
    ? [text('cli.train.guessing', { name: majority.name, accuracy: numbers.percent(majority.share) })]
    : []
  return [text('cli.train.tested', judged), ...guessing, ...lines].join('\n')
}
