import type { Augmentation, AugmentationStep } from '../training/augmentation'
import { initialValues } from '../layers/params'
import { augmentationGroups, type AugmentationKind, type SampleKind } from './define'

const files = import.meta.glob<AugmentationKind>('./kinds/*.ts', { eager: true, import: 'default' })

function place({ group, order }: AugmentationKind): number {
  return augmentationGroups.indexOf(group) * 100 + order
}

/** Every augmentation by its name, in the order in which they are done. A file in `kinds/` is registered by existing. */
export const augmentationKinds: ReadonlyMap<string, AugmentationKind> = new Map(
  Object.values(files)
    .sort((one, other) => place(one) - place(other))
    .map((kind) => [kind.kind, kind]),
)

/** What samples of a shape (channels last) are. */
export function sampleKindOf(shape: readonly number[]): SampleKind {
  if (shape.length <= 2) return 'sound'
  return shape.length === 3 ? 'picture' : 'volume'
}

/** Whether an augmentation can be done to samples of a shape. */
export function fits({ samples, channels }: AugmentationKind, shape: readonly number[]): boolean {
  return samples.includes(sampleKindOf(shape)) && (channels === undefined || channels === shape.at(-1))
}

/** The augmentations that can be done to samples of a shape, in order. */
export function augmentationsFor(shape: readonly number[]): AugmentationKind[] {
  return [...augmentationKinds.values()].filter((kind) => fits(kind, shape))
}

/** Whether training samples are to be mixed, and so come with second labels. */
export function mixesLabels({ steps }: Augmentation): boolean {
  return steps.some(({ kind, probability }) => probability > 0 && augmentationKinds.get(kind)?.mix !== undefined)
}

/** A step with which an augmentation begins. */
export function initialStep({ kind, probability, params }: AugmentationKind): AugmentationStep {
  return { kind, probability, values: initialValues(params) }
}
