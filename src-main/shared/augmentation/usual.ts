import { noAugmentation, type Augmentation } from '../training/augmentation'
import type { Values } from '../network/document'
import type { SampleKind } from './define'
import { augmentationKinds, fits, initialStep, sampleKindOf } from './registry'

/** Whatever has a ready choice: a picture of a sound has an axis of time and one of frequency, and is not turned. */
export type UsualFor = SampleKind | 'spectrogram'

/** What is mostly done to samples of a kind: mild, and nothing that could make another class of them. */
const usual: Readonly<Record<UsualFor, Readonly<Record<string, Values>>>> = {
  picture: { zoom: {}, rotation: { degrees: 10 }, shift: {}, brightness: {}, contrast: {} },
  sound: { 'time-shift': {}, gain: {}, 'white-noise': {} },
  spectrogram: { shift: { vertical: 0 }, brightness: {}, noise: {}, bands: {} },
  volume: { zoom: {}, rotation: { degrees: 10 }, shift: {}, 'shift-depth': {}, brightness: {} },
}

/** Which ready choice suits samples of a shape. */
export function usualFor(shape: readonly number[], ofSounds: boolean): UsualFor {
  const kind = sampleKindOf(shape)
  return kind === 'picture' && ofSounds ? 'spectrogram' : kind
}

/** A ready choice for samples of a shape, to begin with. */
export function usualAugmentation(shape: readonly number[], ofSounds: boolean): Augmentation {
  const choice = usualFor(shape, ofSounds)
  const wanted = usual[choice]
  const steps = [...augmentationKinds.values()].flatMap((kind) => {
    const values = wanted[kind.kind]
    if (!values || !fits(kind, shape)) return []
    const step = initialStep(kind)
    return [{ ...step, values: { ...step.values, ...values } }]
  })
  // Before and behind a sound there is silence: in a spectrogram the lowest value.
  const silence = choice === 'sound' || choice === 'spectrogram'
  return { ...noAugmentation, fill: silence ? 'constant' : noAugmentation.fill, steps }
}
