import { augmentationKinds, fits } from '@shared/augmentation/registry'
import { shownRange, type Preprocessing } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { paramIssues } from '@shared/layers/params'
import type { Augmentation, AugmentationStep } from '@shared/training/augmentation'
import type { Border } from './border'

/** All that a thread must know to augment samples of one data set: plain data. */
export interface AugmentationPlan {
  readonly steps: readonly AugmentationStep[]
  readonly border: Border
  /** Of one sample, channels last. */
  readonly shape: readonly number[]
  readonly floats: boolean
  readonly low: number
  readonly high: number
  readonly seed: number
}

/** A plan in one of a run's epochs, counted from 1. */
export interface EpochAugmentation {
  readonly plan: AugmentationPlan
  readonly epoch: number
}

/** Refuses what no augmentation of this version is, and values out of their range. */
export function refuseWrongAugmentation({ steps }: Augmentation): void {
  for (const { kind: name, values } of steps) {
    const kind = augmentationKinds.get(name)
    if (!kind) throw new AppError('augmentation-unknown', { kind: name })
    const [issue] = paramIssues(kind.params, values)
    if (!issue) continue
    const allowed = issue.allowed['options'] ?? `${issue.allowed['min']} – ${issue.allowed['max']}`
    throw new AppError('augmentation-bad-value', { kind: name, param: issue.param, allowed })
  }
}

/** Without what cannot be done to samples of a shape: a volume has no colours, a sound no width. */
export function fittingAugmentation(augmentation: Augmentation, shape: readonly number[]): Augmentation {
  const steps = augmentation.steps.filter((step) => {
    const kind = augmentationKinds.get(step.kind)
    return kind !== undefined && fits(kind, shape)
  })
  return { ...augmentation, steps }
}

/** How a run with a seed augments samples; undefined where it leaves all of them as they are. */
export function planAugmentation(
  augmentation: Augmentation,
  preprocessing: Preprocessing,
  seed: number,
): AugmentationPlan | undefined {
  const { shape, floats } = preprocessing
  const wanted = fittingAugmentation(augmentation, shape).steps.filter(({ probability }) => probability > 0)
  // In the registry's order, and with every value that was left out.
  const steps = [...augmentationKinds.values()].flatMap(({ kind, complete }) => {
    const step = wanted.find((one) => one.kind === kind)
    return step ? [{ ...step, values: { ...complete(step.values) } }] : []
  })
  if (steps.length === 0) return undefined
  const { low, high } = shownRange(preprocessing)
  // Of a sound, the middle is silence.
  const value = shape.length <= 2 ? 0 : low + augmentation.shade * (high - low)
  const border: Border = { mode: augmentation.fill, value }
  return { steps, border, shape, floats: floats !== undefined, low, high, seed }
}
