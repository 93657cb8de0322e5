import { noAugmentation, type Augmentation } from '../training/augmentation'
import type { Values } from '../network/document'
import type { SampleKind } from './define'
import { augmentationKinds, fits, initialStep, sampleKindOf } from './registry'

/** What is mostly done to samples of a kind: mild, and nothing that could make another class of them. */
const usual: Readonly<Record<SampleKind, Readonly<Record<string, Values>>>> = {
  picture: { zoom: {}, rotation: { degrees: 10 }, shift: {}, brightness: {}, contrast: {} },
  sound: { 'time-shift': {}, gain: {}, 'white-noise': {} },
  volume: { zoom: {}, rotation: { degrees: 10 }, shift: {}, 'shift-depth': {}, brightness: {} },
}

/** A ready choice for samples of a shape, to begin with. */
export function usualAugmentation(shape: readonly number[]): Augmentation {
  const wanted = usual[sampleKindOf(shape)]
  const steps = [...augmentationKinds.values()].flatMap((kind) => {
    const values = wanted[kind.kind]
    if (!values || !fits(kind, shape)) return []
    const step = initialStep(kind)
    return [{ ...step, values: { ...step.values, ...values } }]
  })
  // Before and behind a sound there is silence.
  return { ...noAugmentation, fill: sampleKindOf(shape) === 'sound' ? 'constant' : noAugmentation.fill, steps }
}
