import type { DatasetSummary } from '@shared/data/dataset'
import { emptyNetwork } from '@shared/network/document'
import type { EpochMetrics, MetricBatch } from '@shared/training/metrics'
import type { RunRecord } from '@shared/training/run'
import { initialTraining } from '@shared/training/settings'

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

/** A run, for tests. */
export function run(part: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    id: 'run-1',
    number: 1,
    state: 'running',
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: null,
    network: emptyNetwork,
    dataset: { kind: 'sample', id: 'mnist' },
    classes: ['zero', 'one', 'two'],
    preprocessing: { shape: [28, 28, 1], divisor: 255 },
    settings: initialTraining,
    device: null,
    trainSamples: 900,
    validationSamples: 100,
    epochsDone: 0,
    stepsDone: 0,
    lastEpoch: null,
    test: null,
    seconds: 0,
    imagesPerSecond: 0,
    error: null,
    ...part,
  }
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
