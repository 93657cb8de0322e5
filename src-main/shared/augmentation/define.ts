import { completeValues, type Params, type ValuesOf } from '../layers/params'
import type { Values } from '../network/document'
import type { Placement } from './placement'
import type { RandomSource } from './random'

/** What samples are: sounds `[length, channels]`, pictures `[height, width, channels]`, volumes with a depth before. */
export const sampleKinds = ['sound', 'picture', 'volume'] as const
export type SampleKind = (typeof sampleKinds)[number]

/** The groups in which augmentations are offered, in the order in which they are done. */
export const augmentationGroups = ['geometry', 'values', 'hiding', 'mixing'] as const
export type AugmentationGroup = (typeof augmentationGroups)[number]

/** What may make another class of a sample, so that a person has to look; texts: `augmentation.cautions.<caution>`. */
export const cautions = ['mirrored', 'turned', 'recoloured'] as const
export type Caution = (typeof cautions)[number]

/** A turn of so many degrees makes a nine of a six, or nearly. */
export const farTurn = 45

/** One sample while it is changed, in the values that the data set keeps. */
export interface ChangedSample {
  /** Channels last. */
  readonly values: Float32Array
  /** Without channels. */
  readonly sizes: readonly number[]
  readonly channels: number
  /** The range of values, from dark to bright: 0 to 255 of bytes. */
  readonly low: number
  readonly high: number
}

/** What an augmentation does, in one of three ways. */
export interface Way<V> {
  /** Moves the sample; all moves together are one reading of it. */
  readonly move?: (placement: Placement, values: V, random: RandomSource) => void
  /** Changes the values in place. */
  readonly change?: (sample: ChangedSample, values: V, random: RandomSource) => void
  /** Draws the share (0 to 1) that a sample keeps of itself where it is mixed with another one. */
  readonly mix?: (values: V, random: RandomSource) => number
}

interface Definition<P extends Params, V> extends Way<V> {
  /** The name in project files, on the command line and in message keys (`augmentation.kinds.<kind>`). */
  readonly kind: string
  readonly group: AugmentationGroup
  /** The place within its group, from 0. */
  readonly order: number
  /** A lucide icon's name in kebab case. */
  readonly icon: string
  readonly samples: readonly SampleKind[]
  /** Set where it is for samples with so many channels alone. */
  readonly channels?: number
  readonly params: P
  /** The parameters that one number stands for, where somebody gives but one. */
  readonly main: readonly (keyof P & string)[]
  /** What to look out for, with these values. */
  readonly caution?: (values: V) => Caution | undefined
  /** The probability that a new step begins with. */
  readonly probability: number
}

/** An augmentation as its readers see it: values are checked and filled before they reach its own code. */
export type AugmentationKind = Definition<Params, Values> & { readonly complete: (values: Values) => Values }

/** Declares an augmentation: everything about it in one place. */
export function defineAugmentation<const P extends Params>(definition: Definition<P, ValuesOf<P>>): AugmentationKind {
  const own = definition as unknown as Definition<Params, Values>
  return { ...own, complete: (values) => completeValues(own.params, values) }
}
