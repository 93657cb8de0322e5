import type { EpochMetrics, RunHistory } from '@shared/training/metrics'
import type { RunRecord } from '@shared/training/run'
import { isLive } from '@shared/training/run'
import type { ChartSeries } from '@/charts/types'
import { runStepsPerEpoch } from './run-facts'

/** Where each step ends, in epochs; the same array for all curves of a run, grown when there are more steps. */
export function makeStepPositions(): (steps: number, perEpoch: number) => Float32Array {
  let known = new Float32Array()
  let knownPerEpoch = 0
  return (steps, perEpoch) => {
    if (known.length < steps || knownPerEpoch !== perEpoch) {
      const length = Math.max(steps, perEpoch === knownPerEpoch ? known.length * 2 : 1024)
      known = Float32Array.from({ length }, (_value, index) => (index + 1) / perEpoch)
      knownPerEpoch = perEpoch
    }
    return known
  }
}

/**
 * The end of the axis in epochs: what is planned while the run lives, so that the picture does not move under it; what
 * was done once it has ended, in whole epochs.
 */
export function axisEnd(run: RunRecord, { loss }: RunHistory): number {
  if (isLive(run.state)) return run.settings.epochs
  const done = Math.max(run.stepsDone, loss.length) / runStepsPerEpoch(run)
  return Math.max(1, Math.min(run.settings.epochs, Math.ceil(done)))
}

export interface CurveTexts {
  readonly training: string
  readonly validation: string
  readonly test: string
  /** Names what always guessing the biggest class scores. */
  readonly majority: string
  /** What the lines of each output's own loss are called, the main one's first. */
  readonly outputs: readonly string[]
}

export interface CurveData {
  readonly run: RunRecord
  readonly history: RunHistory
  readonly positions: Float32Array
  readonly end: number
  /** Null where it is not known, because the run's data is not open. */
  readonly majorityShare: number | null
  readonly texts: CurveTexts
}

/** The lines of the loss chart. */
export function lossSeries({ run, history, positions, end, texts }: CurveData): ChartSeries[] {
  return [
    ...outputLines(history, positions, texts),
    stepLine('loss', texts.training, positions, history.loss),
    ...epochLine('validation-loss', texts.validation, history.epochs, run, ({ validationLoss }) => validationLoss),
    ...(run.test ? [dot('test-loss', texts.test, end, run.test.loss)] : []),
  ]
}

/** The lines of the accuracy chart, with the score that takes no learning. */
export function accuracySeries({ run, history, positions, end, majorityShare, texts }: CurveData): ChartSeries[] {
  return [
    ...(majorityShare === null
      ? []
      : [
          {
            id: 'majority',
            label: texts.majority,
            points: { x: [0, end], y: [majorityShare, majorityShare], length: 2 },
            colour: '--text-3' as const,
            dashed: true,
          },
        ]),
    stepLine('accuracy', texts.training, positions, history.accuracy),
    ...epochLine('validation-accuracy', texts.validation, history.epochs, run, (epoch) => epoch.validationAccuracy),
    ...(run.test ? [dot('test-accuracy', texts.test, end, run.test.accuracy)] : []),
  ]
}

/** Colours beyond those of training, validation and test. */
const outputColours = ['--data-4', '--data-5', '--data-6', '--data-8'] as const

/** Each output's own loss, dashed, behind the sum that training makes smaller. */
function outputLines({ outputLosses = [] }: RunHistory, x: Float32Array, { outputs }: CurveTexts): ChartSeries[] {
  return outputLosses.map((y, n) => ({
    id: `output-${n}`,
    label: outputs[n] ?? String(n + 1),
    points: { x, y, length: y.length },
    colour: outputColours[n % outputColours.length] ?? '--data-8',
    dashed: true,
  }))
}

function stepLine(id: string, label: string, x: Float32Array, y: Float32Array): ChartSeries {
  return { id, label, points: { x, y, length: y.length }, colour: '--data-1' }
}

function epochLine(
  id: string,
  label: string,
  epochs: readonly EpochMetrics[],
  run: RunRecord,
  value: (epoch: EpochMetrics) => number | null,
): ChartSeries[] {
  const judged = epochs.filter((epoch) => value(epoch) !== null)
  if (judged.length === 0) return []
  const x = judged.map(({ step }) => step / runStepsPerEpoch(run))
  const y = judged.map((epoch) => value(epoch) ?? Number.NaN)
  return [{ id, label, points: { x, y, length: x.length }, colour: '--data-2', bold: true, dots: true }]
}

function dot(id: string, label: string, x: number, y: number): ChartSeries {
  return { id, label, points: { x: [x], y: [y], length: 1 }, colour: '--data-3', bold: true, dots: true }
}
