import { AppError } from '@shared/ipc/errors'
import type { Weight } from '../model/weights'

/** Throws `training-diverged` if a weight is no number: max pooling can hide that from the loss. */
export function refuseNonFinite(weights: readonly Weight[], step: number): void {
  for (const { values } of weights) {
    // By number, since networks may have tens of millions of weights.
    for (let at = 0; at < values.length; at++) {
      if (!Number.isFinite(values[at])) throw new AppError('training-diverged', { step })
    }
  }
}
