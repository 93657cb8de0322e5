import { AppError } from '@shared/ipc/errors'
import { shapeText } from '@shared/layers/shape'
import type { IdxFile } from './readers/idx'

/** Pictures and labels that belong together. */
export interface Pair {
  readonly images: IdxFile
  readonly labels: IdxFile
}

/** The pair, if its files hold what they should, as many pictures as labels. */
export function checkPair({ images, labels }: Pair): Pair {
  if (images.content !== 'images') throw new AppError('idx-lone-labels', { file: images.file.path })
  if (labels.content !== 'labels') throw new AppError('idx-lone-images', { file: labels.file.path })
  if (images.count === labels.count) return { images, labels }
  throw new AppError('idx-count-mismatch', {
    images: images.file.path,
    imageCount: images.count,
    labels: labels.file.path,
    labelCount: labels.count,
  })
}

/** Refuses a test part whose pictures are of another shape than those of the training part. */
export function checkShapes(train: Pair, test: Pair | undefined): void {
  if (!test || shapeText(test.images.shape) === shapeText(train.images.shape)) return
  throw new AppError('idx-shapes-differ', {
    train: train.images.file.path,
    trainShape: shapeText(train.images.shape),
    test: test.images.file.path,
    testShape: shapeText(test.images.shape),
  })
}
