import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import { optimizerKinds } from '@shared/training/registry'
import type { TrainingSettings } from '@shared/training/settings'
import { kindsWithoutLowering } from '../graph/network'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'
import type { Stepper } from './stepper'

/** The fastest way to train a checked network: compiled where every layer and the optimizer can be, else eager. */
export function makeStepper(
  network: NetworkDocument,
  settings: TrainingSettings,
  preprocessing: Preprocessing,
): Stepper {
  const canBeCompiled =
    kindsWithoutLowering(network).length === 0 && optimizerKinds.get(settings.optimizer.kind)?.lower !== undefined
  return canBeCompiled
    ? makeCompiledStepper(network, settings, preprocessing, 'float32')
    : makeEagerStepper(network, settings, preprocessing)
}
