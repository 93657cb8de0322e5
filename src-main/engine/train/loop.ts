import type { Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import type { Lock } from '@shared/lock'
import type { EpochMetrics } from '@shared/training/metrics'
import type { TrainingSettings } from '@shared/training/settings'
import type { AugmentationPlan } from '../data/augment/plan'
import { epochBatches, largestPiece, pieces, type BatchSource } from '../data/batches'
import type { DatasetPart } from '../data/dataset'
import type { Turn } from './control'
import type { MetricFeed } from './metric-feed'
import type { Pace } from './pace'
import type { Stepper, StepResult } from './stepper'

/** What training and judging share. */
export interface Workplace {
  readonly stepper: Stepper
  readonly batches: BatchSource
  readonly preprocessing: Preprocessing
  /** Held for each step, so that a view that looks at the weights sees them whole. */
  readonly lock: Lock
  readonly pace: Pace
  readonly feed: MetricFeed
  /** Asked before every step; no means stop. */
  readonly turn: Turn
  /** So many samples are judged at once. */
  readonly judgingBatch: number
}

export interface TrainingJob extends Workplace {
  readonly part: DatasetPart
  readonly training: Uint32Array
  readonly validation: Uint32Array
  readonly settings: TrainingSettings
  /** Of the training samples alone. */
  readonly augmentation?: AugmentationPlan | undefined
  /** Told of each epoch once it has ended; training waits for it. */
  readonly onEpoch: (metrics: EpochMetrics) => Promise<void>
}

/** Means over samples. */
export interface Judgement {
  readonly samples: number
  readonly loss: number
  readonly accuracy: number
  /** Each output's own loss, the main one's first; missing where there is but one output. */
  readonly outputLosses?: number[]
}

/** Trains until all epochs are done or it is stopped. Throws `training-diverged` where the loss is no number any more. */
export async function train(job: TrainingJob): Promise<'finished' | 'stopped'> {
  const { settings, pace, feed } = job
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const secondsBefore = pace.totals.seconds
    const means = await trainEpoch(job, epoch)
    if (!means) return 'stopped'
    feed.flushIfDue()
    const judged = job.validation.length > 0 ? await judge(job, job.part, job.validation) : undefined
    const metrics: EpochMetrics = {
      epoch,
      step: pace.totals.steps,
      loss: means.loss,
      accuracy: means.accuracy,
      validationLoss: judged?.loss ?? null,
      validationAccuracy: judged?.accuracy ?? null,
      ...ofOutputs(means, judged),
      seconds: pace.totals.seconds - secondsBefore,
    }
    pace.epochDone()
    feed.epoch(metrics)
    await job.onEpoch(metrics)
  }
  return 'finished'
}

/** The means over one epoch's steps; undefined if it was stopped on the way. */
async function trainEpoch(job: TrainingJob, epoch: number): Promise<Judgement | undefined> {
  const { part, batches, preprocessing, stepper, settings, lock, pace, feed, turn, augmentation: plan } = job
  const sums = new Sums()
  const order = epochBatches(job.training, settings.batchSize, settings.seed, epoch)
  let asked = performance.now()
  for await (const batch of batches.read(part, order, preprocessing, plan && { plan, epoch })) {
    const waited = performance.now() - asked
    if (!(await turn())) return undefined
    await lock.run(() => {
      const begin = performance.now() - waited
      const result = stepper.step(batch)
      const { loss, hits, losses } = result
      if (!Number.isFinite(loss)) throw new AppError('training-diverged', { step: pace.totals.steps + 1 })
      pace.stepDone(batch.count, (performance.now() - begin) / 1000)
      sums.add(batch.count, result)
      feed.step(loss, hits / batch.count, losses)
    })
    asked = performance.now()
  }
  return sums.means
}

/** Judges samples in large batches; undefined if it was stopped on the way. Throws `training-diverged` like `train`. */
export async function judge(
  { stepper, batches, preprocessing, lock, pace, feed, turn, judgingBatch }: Workplace,
  part: DatasetPart,
  positions: Uint32Array,
): Promise<Judgement | undefined> {
  const sums = new Sums()
  const order = pieces(positions, Math.min(judgingBatch, largestPiece(part)))
  let asked = performance.now()
  for await (const batch of batches.read(part, order, preprocessing)) {
    const waited = performance.now() - asked
    if (!(await turn())) return undefined
    await lock.run(() => {
      const begin = performance.now() - waited
      const result = stepper.evaluate(batch)
      pace.judgingDone(batch.count, (performance.now() - begin) / 1000)
      sums.add(batch.count, result)
    })
    feed.flushIfDue()
    asked = performance.now()
  }
  const { means } = sums
  if (!Number.isFinite(means.loss)) throw new AppError('training-diverged', { step: pace.totals.steps })
  return means
}

function ofOutputs(trained: Judgement, judged: Judgement | undefined): Pick<EpochMetrics, 'outputs'> {
  const { outputLosses } = trained
  if (!outputLosses) return {}
  return {
    outputs: outputLosses.map((loss, n) => ({ loss, validationLoss: judged?.outputLosses?.[n] ?? null })),
  }
}

class Sums {
  private samples = 0
  private loss = 0
  private hits = 0
  private losses: number[] = []

  add(samples: number, { loss, hits, losses }: StepResult): void {
    this.samples += samples
    this.loss += loss * samples
    this.hits += hits
    this.losses = losses.map((own, n) => (this.losses[n] ?? 0) + own * samples)
  }

  get means(): Judgement {
    const { samples } = this
    const outputLosses = this.losses.map((sum) => sum / samples)
    return {
      samples,
      loss: this.loss / samples,
      accuracy: this.hits / samples,
      ...(outputLosses.length > 0 ? { outputLosses } : {}),
    }
  }
}
