import { toReport } from '@shared/ipc/errors'
import { Lock } from '@shared/lock'
import type { EpochMetrics, MetricBatch } from '@shared/training/metrics'
import type { RunRecord, RunState } from '@shared/training/run'
import type { BatchSource } from '../data/batches'
import type { DatasetCache, Lease } from '../data/dataset-cache'
import { BatchReader } from '../data/store/batch-reader'
import { range } from '../random'
import { makeRunFolder, openHistory, writeRecord, type HistoryWriter } from '../runs/run-folder'
import { saveWeights } from '../runs/weights-file'
import { giveWay, RunControl, type Turn } from './control'
import { makeStepper, type ChosenStepper } from './make-stepper'
import { judge, train, type Workplace } from './loop'
import { judgingBatch } from './memory'
import { MetricFeed } from './metric-feed'
import { Pace } from './pace'
import { prepareRun, type Preparation, type RunOrder } from './prepare'
import type { Stepper } from './stepper'
import { refuseNonFinite } from './finite'
import type { Trials } from './trials'

/** Where a run's news go. */
export interface RunOutlets {
  readonly metrics: (batch: MetricBatch) => void
  readonly changed: (record: RunRecord) => void
  readonly log: (level: 'info' | 'warn' | 'error', text: string) => void
}

/** A network in training, for those who look at it between two steps. */
export interface LiveNetwork {
  readonly record: RunRecord
  readonly step: number
  readonly stepper: Stepper
}

/** Opens a run's data, checks everything, makes its folder and begins to train. */
export async function beginRun(
  order: RunOrder,
  datasets: DatasetCache,
  outlets: RunOutlets,
  trials: Trials,
): Promise<Run> {
  const lease = await datasets.lease(order.dataset)
  try {
    const preparation = prepareRun(order, lease.dataset)
    await makeRunFolder(order.directory)
    await writeRecord(order.directory, preparation.record)
    return new Run(order.directory, preparation, lease, outlets, trials)
  } catch (error) {
    lease.release()
    throw error
  }
}

/** A run from its first record to its last. It trains by itself; its folder is up to date after every change of state. */
export class Run {
  /** Settles when the run has ended and its folder is complete; it never fails. */
  readonly ended: Promise<RunRecord>
  private current: RunRecord
  private stepper: Stepper | undefined
  private readonly control = new RunControl()
  private readonly lock = new Lock()
  private readonly records = new Lock()
  private readonly pace: Pace
  private history: HistoryWriter | undefined
  private readonly feed: MetricFeed

  constructor(
    readonly directory: string,
    private readonly preparation: Preparation,
    private readonly lease: Lease,
    private readonly outlets: RunOutlets,
    private readonly trials: Trials,
  ) {
    this.current = preparation.record
    const { settings, id } = preparation.record
    this.pace = new Pace({
      epochs: settings.epochs,
      stepsPerEpoch: Math.ceil(preparation.training.length / settings.batchSize),
      trainSamples: preparation.training.length,
      validationSamples: preparation.validation.length,
      testSamples: lease.dataset.test.count,
    })
    this.feed = new MetricFeed({
      runId: id,
      emit: outlets.metrics,
      record: (lines) => this.history?.append(lines),
      progress: () => this.pace.progress,
      now: () => performance.now(),
    })
    outlets.changed(this.current)
    this.ended = this.live()
  }

  get record(): RunRecord {
    return this.current
  }

  async pause(): Promise<RunRecord> {
    this.control.pause()
    if (this.current.state !== 'running') return this.current
    this.feed.flush()
    return this.change({ state: 'paused' })
  }

  async resume(): Promise<RunRecord> {
    this.control.resume()
    return this.current.state === 'paused' ? this.change({ state: 'running' }) : this.current
  }

  /** Ends training after the step under way; asked once more, it also gives up judging the test part. */
  async stop(): Promise<RunRecord> {
    this.control.stop()
    if (this.current.state === 'paused') await this.change({ state: 'running' })
    return this.ended
  }

  /** Lets `use` look at the network between two steps; undefined where there is none, not yet or not any more. */
  look<T>(use: (network: LiveNetwork) => Promise<T>): Promise<T | undefined> {
    return this.lock.run(async () => {
      if (!this.stepper) return undefined
      return use({ record: this.current, step: this.pace.totals.steps, stepper: this.stepper })
    })
  }

  private async live(): Promise<RunRecord> {
    let batches: BatchReader | undefined
    try {
      await giveWay()
      batches = new BatchReader()
      this.history = openHistory(this.directory)
      const { stepper, compute } = await this.makeStepper()
      this.stepper = stepper
      await this.lease.dataset.hold()
      await this.change({ state: this.control.paused ? 'paused' : 'running', compute })
      await this.work(stepper, batches)
    } catch (error) {
      await this.fail(error)
    } finally {
      await this.lock.run(() => {
        this.stepper?.dispose()
        this.stepper = undefined
      })
      this.history?.close()
      await batches?.close()
      this.lease.release()
    }
    return this.current
  }

  private makeStepper(): Promise<ChosenStepper> {
    const { network, settings, classes, device } = this.current
    const { preprocessing, training } = this.preparation
    const stepsAhead = settings.epochs * Math.ceil(training.length / settings.batchSize)
    return makeStepper({
      network,
      settings,
      preprocessing,
      classCount: classes.length,
      stepsAhead,
      device: device?.device ?? 'cpu',
      trials: this.trials,
    })
  }

  private async work(stepper: Stepper, batches: BatchSource): Promise<void> {
    const { training, validation, preprocessing, augmentation } = this.preparation
    const { dataset } = this.lease
    const { settings, network } = this.current
    const place = (turn: Turn): Workplace => ({
      stepper,
      batches,
      preprocessing,
      turn,
      lock: this.lock,
      pace: this.pace,
      feed: this.feed,
      judgingBatch: judgingBatch(network),
    })
    const outcome = await train({
      ...place(this.control.turns()),
      part: dataset.train,
      training,
      validation,
      settings,
      augmentation,
      onEpoch: (metrics) => this.epochEnded(stepper, metrics),
    })
    this.feed.flush()
    if (outcome === 'stopped') await this.save(stepper)
    // The stop that ended training leaves the judging; another one gives that up too.
    const turn = this.control.turns(outcome === 'stopped' ? 1 : 0)
    const test = await judge(place(turn), dataset.test, range(dataset.test.count))
    await this.end(outcome, { test: test ?? null })
  }

  private async epochEnded(stepper: Stepper, metrics: EpochMetrics): Promise<void> {
    await this.save(stepper, metrics.epoch)
    await this.change({ epochsDone: metrics.epoch, lastEpoch: metrics }, { quietly: true })
  }

  private async save(stepper: Stepper, epoch = this.current.epochsDone): Promise<void> {
    const { steps: step } = this.pace.totals
    const weights = await this.lock.run(() => stepper.readWeights())
    refuseNonFinite(weights, step)
    await saveWeights(this.directory, { step, epoch, weights })
  }

  private async fail(error: unknown): Promise<void> {
    const { code, params } = toReport(error)
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.outlets.log('error', `Run ${this.current.number} failed: ${text}`)
    try {
      this.feed.flush()
    } catch {
      // The history cannot be written, which may be why the run failed; the record says so.
    }
    await this.end('failed', { error: { code, params: { ...params } } })
  }

  private async end(state: RunState, rest: Partial<RunRecord>): Promise<void> {
    try {
      await this.change({ ...rest, state, endedAt: new Date().toISOString() })
    } catch (error) {
      // The record on disk says what was true before; those who listen hear the truth.
      const { code, params } = toReport(error)
      this.current = { ...this.current, state: 'failed', error: { code, params: { ...params } } }
      this.outlets.changed(this.current)
    }
  }

  /** Puts a change into the record, onto disk and, unless quietly, to those who listen. */
  private async change(change: Partial<RunRecord>, options: { quietly?: boolean } = {}): Promise<RunRecord> {
    const { steps, seconds, imagesPerSecond } = this.pace.totals
    const record = { ...this.current, stepsDone: steps, seconds, imagesPerSecond, ...change }
    this.current = record
    await this.records.run(() => writeRecord(this.directory, record))
    if (!options.quietly) this.outlets.changed(record)
    return record
  }
}
