import type { EpochMetrics, MetricBatch, RunHistory } from '@shared/training/metrics'

/** A run's curves in growing typed arrays: appending thousands of steps copies nothing most of the time. */
export class GrowingHistory {
  #loss = new Float32Array(1024)
  #accuracy = new Float32Array(1024)
  #epochs: EpochMetrics[] = []
  #steps = 0

  constructor(history?: RunHistory) {
    if (!history) return
    this.#reserve(history.loss.length)
    this.#loss.set(history.loss)
    this.#accuracy.set(history.accuracy)
    this.#steps = history.loss.length
    this.#epochs = [...history.epochs]
  }

  /** Adds a batch. What is already there is overwritten by the same values, so hearing a batch twice does no harm. */
  append(batch: MetricBatch): void {
    const start = batch.firstStep - 1
    this.#reserve(start + batch.loss.length)
    this.#loss.set(batch.loss, start)
    this.#accuracy.set(batch.accuracy, start)
    this.#steps = Math.max(this.#steps, start + batch.loss.length)
    for (const epoch of batch.epochs) {
      if (!this.#epochs.some((known) => known.epoch === epoch.epoch)) this.#epochs = [...this.#epochs, epoch]
    }
  }

  /** Views on the values so far; valid until the next `append`. */
  view(): RunHistory {
    return {
      loss: this.#loss.subarray(0, this.#steps),
      accuracy: this.#accuracy.subarray(0, this.#steps),
      epochs: this.#epochs,
    }
  }

  #reserve(steps: number): void {
    if (steps <= this.#loss.length) return
    const capacity = Math.max(steps, this.#loss.length * 2)
    this.#loss = grown(this.#loss, capacity)
    this.#accuracy = grown(this.#accuracy, capacity)
  }
}

function grown(values: Float32Array<ArrayBuffer>, capacity: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(capacity)
  larger.set(values)
  return larger
}
