import { z } from 'zod'
import { DatasetSource, Part } from '../data/dataset'
import { Value } from '../network/document'

/**
 * What stands where a moved sample has nothing: its own outermost values, itself mirrored at its edge (the edge's values
 * twice), or one shade. Of sounds that shade is silence.
 */
export const FillMode = z.enum(['edge', 'reflect', 'constant'])
export type FillMode = z.output<typeof FillMode>

/** One augmentation (a file of `augmentation/kinds`) with its settings; it changes each sample with a probability. */
export const AugmentationStep = z.object({
  kind: z.string().max(64),
  probability: z.number().min(0).max(1),
  values: z.record(z.string().max(64), Value),
})
export type AugmentationStep = z.output<typeof AugmentationStep>

/**
 * What is done to training samples anew in every epoch, each kind at most once, in the order of the registry whatever
 * the order here. Validation and test samples are never changed.
 */
export const Augmentation = z.object({
  fill: FillMode,
  /** Of a constant fill: from 0, the lowest value of the data's range, to 1, the highest. */
  shade: z.number().min(0).max(1),
  steps: z
    .array(AugmentationStep)
    .max(64)
    .refine((steps) => new Set(steps.map(({ kind }) => kind)).size === steps.length, 'a kind is named twice'),
})
export type Augmentation = z.output<typeof Augmentation>

export const noAugmentation: Augmentation = { fill: 'edge', shade: 0, steps: [] }

/** Samples to be looked at before and after augmentation, as a run with this seed would be given them in an epoch. */
export const AugmentationPreviewRequest = z.object({
  source: DatasetSource,
  part: Part,
  /** Positions within the part, or how many samples are to be drawn from it. */
  samples: z.union([z.array(z.int().min(0)).min(1).max(256), z.int().min(1).max(256)]),
  augmentation: Augmentation,
  seed: z.int().min(0),
  epoch: z.int().min(1),
})
export type AugmentationPreviewRequest = z.output<typeof AugmentationPreviewRequest>

/** `before` and `after` hold the samples one after another, each of `shape`, 0 to 255. */
export const AugmentationPreview = z.object({
  shape: z.array(z.int().min(1)),
  /** Of sounds, frames a second; null where nobody knows. */
  rate: z.number().positive().nullable(),
  /** Positions within the part. */
  indices: z.instanceof(Uint32Array),
  labels: z.instanceof(Uint32Array),
  before: z.instanceof(Uint8Array),
  after: z.instanceof(Uint8Array),
  /** With mixup: each sample's second label, and the share (0 to 1) that its own label and values keep. */
  mixed: z.object({ labels: z.instanceof(Uint32Array), shares: z.instanceof(Float32Array) }).nullable(),
})
export type AugmentationPreview = z.output<typeof AugmentationPreview>
