import type { DatasetSource, DatasetSummary } from '@shared/data/dataset'
import type { NetworkDocument } from '@shared/network/document'
import { totals, walk, type NetworkTotals } from '@shared/network/walk'
import type { RunRecord } from '@shared/training/run'
import type { TrainingSettings } from '@shared/training/settings'

/** Steps in an epoch: one for each batch, the last of which may be smaller. */
export function stepsPerEpoch(samples: number, batchSize: number): number {
  return Math.ceil(samples / batchSize)
}

/** What a run with these settings on this data would do. */
export interface TrainingPlan {
  readonly trainSamples: number
  readonly validationSamples: number
  readonly testSamples: number
  readonly stepsPerEpoch: number
  readonly steps: number
}

/**
 * The plan of the next run. The engine holds validation samples out by class, to the same number in all; a data set that
 * brings its own has them held out instead.
 */
export function planOf({ counts, validation }: DatasetSummary, settings: TrainingSettings): TrainingPlan {
  const sum = (list: readonly number[]): number => list.reduce((total, count) => total + count, 0)
  const all = sum(counts.train)
  const validationSamples = validation ?? Math.round(all * settings.validationShare)
  const trainSamples = all - validationSamples
  const perEpoch = stepsPerEpoch(trainSamples, settings.batchSize)
  return {
    trainSamples,
    validationSamples,
    testSamples: sum(counts.test),
    stepsPerEpoch: perEpoch,
    steps: perEpoch * settings.epochs,
  }
}

/** Steps in one epoch of a run; at least one, so that it can be divided by. */
export function runStepsPerEpoch(run: RunRecord): number {
  return Math.max(1, stepsPerEpoch(run.trainSamples, run.settings.batchSize))
}

/** The epoch, from 1, in which a step (counted from 1) lies. */
export function epochOfStep(step: number, perEpoch: number): number {
  return Math.max(1, Math.ceil(step / perEpoch))
}

/** Whether two sources name the same data. */
export function sameSource(one: DatasetSource | null, other: DatasetSource | null): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

const sums = new WeakMap<NetworkDocument, NetworkTotals>()

/** The sums over a run's network, computed once for each. */
export function networkTotals(network: NetworkDocument): NetworkTotals {
  const known = sums.get(network)
  if (known) return known
  const computed = totals(walk(network))
  sums.set(network, computed)
  return computed
}

const icons = {
  preparing: 'loader',
  running: 'play',
  paused: 'pause',
  finished: 'circle-check',
  stopped: 'square',
  interrupted: 'unplug',
  failed: 'octagon-alert',
} as const satisfies Record<RunRecord['state'], string>

const tones = {
  preparing: 'accent',
  running: 'accent',
  paused: 'neutral',
  finished: 'success',
  stopped: 'neutral',
  interrupted: 'warning',
  failed: 'danger',
} as const satisfies Record<RunRecord['state'], string>

/** How a run's state is shown beside its word. */
export function stateLook(state: RunRecord['state']): { icon: string; tone: (typeof tones)[RunRecord['state']] } {
  return { icon: icons[state], tone: tones[state] }
}
