import type { EpochMetrics, RunHistory } from '@shared/training/metrics'
import { isLive, type RunState } from '@shared/training/run'

/** What the curves say about a run, in a word; the texts are `train.health.<code>`. */
export type Health =
  | { readonly code: 'waiting' | 'diverged' }
  | { readonly code: 'flat'; readonly loss: number }
  | { readonly code: 'rising' | 'learning' | 'learned' | 'fell'; readonly from: number; readonly loss: number }
  | { readonly code: 'overfitting'; readonly epoch: number }

export interface HealthQuestion {
  readonly history: RunHistory
  readonly classes: number
  /** The engine gave the run up because its loss was no number any more. */
  readonly diverged: boolean
  readonly state: RunState
}

const fewestSteps = 20
const widestWindow = 50

/**
 * Judges a run by its first and its latest steps (means over up to 50, since single batches differ a lot) against the
 * loss of guessing evenly among all classes, ln(classes), and by the course of the validation loss.
 */
export function healthOf({ history, classes, diverged, state }: HealthQuestion): Health {
  const known = history.loss.filter((value) => !Number.isNaN(value))
  if (diverged || known.at(-1) === Infinity) return { code: 'diverged' }
  if (known.length < fewestSteps) return { code: 'waiting' }
  const window = Math.min(widestWindow, Math.floor(known.length / 4))
  const from = mean(known.subarray(0, window))
  const loss = mean(known.subarray(-window))
  const guessing = Math.log(classes)
  if (loss > from * 1.1 && loss > guessing) return { code: 'rising', from, loss }
  const worse = risingSince(history.epochs)
  if (worse !== undefined) return { code: 'overfitting', epoch: worse }
  if (loss > guessing * 0.95) return { code: 'flat', loss }
  return { code: isLive(state) ? 'learning' : state === 'finished' ? 'learned' : 'fell', from, loss }
}

/**
 * The first epoch after the best one, where the validation loss has been clearly above its best for two epochs or more
 * while the training loss went on falling.
 */
function risingSince(epochs: readonly EpochMetrics[]): number | undefined {
  const judged = epochs.filter(({ validationLoss }) => validationLoss !== null)
  const best = judged.reduce<EpochMetrics | undefined>(
    (least, one) => (!least || (one.validationLoss ?? 0) < (least.validationLoss ?? 0) ? one : least),
    undefined,
  )
  const last = judged.at(-1)
  if (!best || !last || judged.indexOf(last) - judged.indexOf(best) < 2) return undefined
  const risen = (last.validationLoss ?? 0) > (best.validationLoss ?? 0) * 1.05
  return risen && last.loss < best.loss ? best.epoch + 1 : undefined
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
