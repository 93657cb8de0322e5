import { toShownBytes } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import type { AugmentationPreview, AugmentationPreviewRequest } from '@shared/training/augmentation'
import { deriveSeed, permutation, seededRandom } from '../../random'
import { readBatch } from '../batches'
import { partOf, type Dataset } from '../dataset'
import type { DatasetPart } from '../part'
import { planAugmentation, refuseWrongAugmentation } from './plan'

/** The same samples before and after augmentation, as a run with this seed gets them in an epoch. */
export function previewAugmentation(
  dataset: Dataset,
  request: Omit<AugmentationPreviewRequest, 'source'>,
): AugmentationPreview {
  const { preprocessing } = dataset
  const { augmentation, seed, epoch } = request
  refuseWrongAugmentation(augmentation)
  const part = partOf(dataset, request.part)
  const indices = chosen(part, request)
  const before = readBatch(part, indices, preprocessing)
  const plan = planAugmentation(augmentation, preprocessing, seed)
  const after = plan ? readBatch(part, indices, preprocessing, { plan, epoch }) : before
  const { mixed } = after
  return {
    shape: [...preprocessing.shape],
    rate: preprocessing.sound?.rate ?? null,
    indices,
    labels: Uint32Array.from(before.labels),
    before: toShownBytes(before.values, preprocessing),
    after: toShownBytes(after.values, preprocessing),
    mixed: mixed ? { labels: Uint32Array.from(mixed.labels), shares: Float32Array.from(mixed.shares) } : null,
  }
}

/** The positions that were asked for, or some that the seed draws, each once. */
function chosen(
  { count }: DatasetPart,
  { samples, seed }: Pick<AugmentationPreviewRequest, 'samples' | 'seed'>,
): Uint32Array<ArrayBuffer> {
  if (typeof samples === 'number') {
    const drawn = permutation(count, seededRandom(deriveSeed(seed, 'augmentation preview')))
    return Uint32Array.from(drawn.subarray(0, samples))
  }
  const unknown = samples.find((position) => position >= count)
  if (unknown !== undefined) throw new AppError('sample-unknown', { found: unknown + 1, count })
  return Uint32Array.from(samples)
}
