import { AppError } from '@shared/ipc/errors'
import type { Weight } from '../model/weights'

/** Throws `training-diverged` if a weight is no number: max pooling can hide that from the loss. */
export function refuseNonFinite(weights: readonly Weight[], step: number): void {
  for (const { values } of weights) {
    for (const value of values) if (!Number.isFinite(value)) throw new AppError('training-diverged', { step })
  }
}
