import type { EpochMetrics, MetricBatch, RunProgress } from '@shared/training/metrics'
import { byOutput, type EpochLine, type StepLine } from '@shared/training/history-file'

/** At most so many batches a second reach the window, however short the steps are. */
const batchesPerSecond = 30

export interface FeedOutlets {
  readonly runId: string
  readonly emit: (batch: MetricBatch) => void
  /** Called with what a batch reports, in its order, before the batch leaves. */
  readonly record: (lines: readonly (StepLine | EpochLine)[]) => void
  readonly progress: () => RunProgress
  /** Milliseconds. */
  readonly now: () => number
}

/** Gathers what a run measures, and sends it on in numbered batches and to the history, so that both say the same. */
export class MetricFeed {
  private sequence = 0
  private stepsSent = 0
  private loss: number[] = []
  private accuracy: number[] = []
  private losses: (readonly number[])[] = []
  private epochs: EpochMetrics[] = []
  private lastFlush = Number.NEGATIVE_INFINITY

  constructor(private readonly outlets: FeedOutlets) {}

  /** `losses` are each output's own, where there are several. */
  step(loss: number, accuracy: number, losses: readonly number[] = []): void {
    this.loss.push(loss)
    this.accuracy.push(accuracy)
    this.losses.push(losses)
    this.flushIfDue()
  }

  epoch(metrics: EpochMetrics): void {
    this.epochs.push(metrics)
    this.flushIfDue()
  }

  /** Sends what is there if the last batch is long enough ago. */
  flushIfDue(): void {
    if (this.outlets.now() - this.lastFlush >= 1000 / batchesPerSecond) this.flush()
  }

  /** Sends what is there, if anything. */
  flush(): void {
    if (this.loss.length === 0 && this.epochs.length === 0) return
    const { runId, emit, record, progress, now } = this.outlets
    const firstStep = this.stepsSent + 1
    record(this.lines(firstStep))
    emit({
      runId,
      sequence: this.sequence,
      firstStep,
      loss: Float32Array.from(this.loss),
      accuracy: Float32Array.from(this.accuracy),
      ...byOutput(this.losses),
      epochs: this.epochs,
      progress: progress(),
    })
    this.sequence += 1
    this.stepsSent += this.loss.length
    this.loss = []
    this.accuracy = []
    this.losses = []
    this.epochs = []
    this.lastFlush = now()
  }

  /** An epoch stands behind its last step, also where steps of the next are in the same batch. */
  private lines(firstStep: number): (StepLine | EpochLine)[] {
    const lines: (StepLine | EpochLine)[] = []
    let epoch = 0
    for (const [n, loss] of this.loss.entries()) {
      const step = firstStep + n
      for (let next = this.epochs[epoch]; next && next.step < step; next = this.epochs[++epoch])
        lines.push({ epoch: next })
      const losses = this.losses[n] ?? []
      lines.push({ step, loss, accuracy: this.accuracy[n] ?? 0, ...(losses.length > 0 ? { losses: [...losses] } : {}) })
    }
    return [...lines, ...this.epochs.slice(epoch).map((metrics) => ({ epoch: metrics }))]
  }
}
