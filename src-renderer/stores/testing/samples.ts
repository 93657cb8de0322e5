import type { DatasetSummary, SamplePage } from '@shared/data/dataset'
import { runRecord } from '@shared/testing/run-record'
import type { EpochMetrics, MetricBatch } from '@shared/training/metrics'
import type { RunRecord } from '@shared/training/run'

/** A small data set of digits, for tests. */
export function digits(part: Partial<DatasetSummary> = {}): DatasetSummary {
  return {
    source: { kind: 'sample', id: 'mnist' },
    title: 'MNIST',
    shape: [28, 28, 1],
    classes: ['zero', 'one', 'two'],
    counts: { train: [500, 300, 200], test: [20, 50, 30] },
    ownTest: true,
    majorityShare: 0.5,
    ...part,
  }
}

/** A page of samples at some rows, for tests: each is `row % 3` by class, and all of its values are 7. */
export function samplePage(rows: readonly number[], part: Partial<SamplePage> = {}): SamplePage {
  const shape = part.shape ?? [28, 28, 1]
  const size = shape.reduce((product, axis) => product * axis, 1)
  return {
    shape,
    total: 1000,
    rows: Uint32Array.from(rows),
    labels: Uint32Array.from(rows, (row) => row % 3),
    parts: new Uint8Array(rows.length),
    marks: new Uint16Array(rows.length),
    names: rows.map((row) => `${row}.png`),
    pixels: new Uint8Array(rows.length * size).fill(7),
    ...part,
  }
}

/** A run, for tests. */
export function run(part: Partial<RunRecord> = {}): RunRecord {
  return runRecord({ id: 'run-1', classes: ['zero', 'one', 'two'], ...part })
}

/** The means of an epoch of ten steps, for tests. */
export function epochMetrics(epoch: number, part: Partial<EpochMetrics> = {}): EpochMetrics {
  const means = { loss: 1 / epoch, accuracy: 1 - 0.5 / epoch, validationLoss: 1.1 / epoch, validationAccuracy: 0.8 }
  return { epoch, step: epoch * 10, ...means, seconds: 2, ...part }
}

/** News of a run whose steps have the losses `loss`, for tests. */
export function batch(
  sequence: number,
  firstStep: number,
  loss: number[],
  part: Partial<MetricBatch> = {},
): MetricBatch {
  return {
    runId: 'run-1',
    sequence,
    firstStep,
    loss: Float32Array.from(loss),
    accuracy: Float32Array.from(loss, () => 0.5),
    epochs: [],
    progress: {
      epoch: 1,
      epochs: 5,
      step: firstStep - 1 + loss.length,
      stepsPerEpoch: 10,
      imagesPerSecond: 1234,
      secondsLeft: 61,
    },
    ...part,
  }
}
