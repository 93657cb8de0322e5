import { emptyNetwork } from '../network/document'
import type { RunRecord } from '../training/run'
import { initialTraining } from '../training/settings'

/** A run's record for tests: one that has just begun, but for what the test wants otherwise. */
export function runRecord(own: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    id: 'run-0001',
    number: 1,
    state: 'running',
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: null,
    network: emptyNetwork,
    dataset: { kind: 'sample', id: 'mnist' },
    classes: ['0', '1'],
    preprocessing: { shape: [28, 28, 1], divisor: 255 },
    settings: initialTraining,
    device: null,
    compute: null,
    trainSamples: 900,
    validationSamples: 100,
    epochsDone: 0,
    stepsDone: 0,
    lastEpoch: null,
    test: null,
    seconds: 0,
    imagesPerSecond: 0,
    error: null,
    ...own,
  }
}
