import type { EpochMetrics, MetricBatch, RunHistory } from '@shared/training/metrics'

/** Consecutive training steps from `firstStep` (counted from 1) on, and epochs that ended. */
export type HistoryPiece = Pick<MetricBatch, 'firstStep' | 'loss' | 'accuracy' | 'outputLosses' | 'epochs'>

/**
 * A run's curves in growing typed arrays: appending thousands of steps copies nothing most of the time. Pieces may come
 * in any order; a step that nobody told of yet is NaN.
 */
export class GrowingHistory {
  #loss = unknownValues(1024)
  #accuracy = unknownValues(1024)
  #outputLosses: readonly Float32Array<ArrayBuffer>[] = []
  #epochs: readonly EpochMetrics[] = []
  #steps = 0

  /** Adds a piece. What is already there is overwritten by the same values, so hearing it twice does no harm. */
  append({ firstStep, loss, accuracy, outputLosses = [], epochs }: HistoryPiece): void {
    if (loss.length > 0) this.#put(firstStep - 1, loss, accuracy, outputLosses)
    const news = epochs.filter(({ epoch }) => !this.#epochs.some((known) => known.epoch === epoch))
    if (news.length > 0) this.#epochs = [...this.#epochs, ...news].sort((one, other) => one.epoch - other.epoch)
  }

  /** Adds what was recorded on disk, from the first step on. */
  merge(recorded: RunHistory): void {
    this.append({ firstStep: 1, ...recorded })
  }

  /** Views on the values so far, without copying. */
  view(): RunHistory {
    return {
      loss: this.#loss.subarray(0, this.#steps),
      accuracy: this.#accuracy.subarray(0, this.#steps),
      ...(this.#outputLosses.length === 0
        ? {}
        : { outputLosses: this.#outputLosses.map((losses) => losses.subarray(0, this.#steps)) }),
      epochs: [...this.#epochs],
    }
  }

  #put(start: number, loss: Float32Array, accuracy: Float32Array, outputLosses: readonly Float32Array[]): void {
    this.#reserve(start + loss.length)
    if (this.#outputLosses.length < outputLosses.length)
      this.#outputLosses = outputLosses.map(() => unknownValues(this.#loss.length))
    for (const [n, losses] of outputLosses.entries()) this.#outputLosses[n]?.set(losses, start)
    this.#loss.set(loss, start)
    this.#accuracy.set(accuracy, start)
    this.#steps = Math.max(this.#steps, start + loss.length)
  }

  #reserve(steps: number): void {
    if (steps <= this.#loss.length) return
    const capacity = Math.max(steps, this.#loss.length * 2)
    this.#loss = grown(this.#loss, capacity)
    this.#accuracy = grown(this.#accuracy, capacity)
    this.#outputLosses = this.#outputLosses.map((losses) => grown(losses, capacity))
  }
}

function unknownValues(length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(length).fill(Number.NaN)
}

function grown(values: Float32Array<ArrayBuffer>, capacity: number): Float32Array<ArrayBuffer> {
  const larger = unknownValues(capacity)
  larger.set(values)
  return larger
}
