import { templateNetwork } from '@shared/network/templates'
import type { RunRecord } from '@shared/training/run'
import { initialTraining } from '@shared/training/settings'

/** A run's record for tests. */
export function runRecord(own: Partial<RunRecord> = {}): RunRecord {
  const network = templateNetwork('lenet')
  if (!network) throw new Error('There is no template lenet')
  return {
    version: 1,
    id: 'run-1',
    number: 1,
    state: 'finished',
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: null,
    network,
    dataset: { kind: 'sample', id: 'mnist' },
    classes: ['0', '1'],
    preprocessing: { shape: [28, 28, 1], divisor: 255 },
    settings: initialTraining,
    device: null,
    trainSamples: 100,
    validationSamples: 10,
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
