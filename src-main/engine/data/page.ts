import type { SamplePage, SampleRequest } from '@shared/data/dataset'
import { toShownBytes } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import { readBatch } from './batches'
import { partOf, type Dataset } from './dataset'

/** A page of samples, of one class or of all, to be looked at. Behind the end there are none. */
export function readPage(dataset: Dataset, request: Omit<SampleRequest, 'source'>): SamplePage {
  const part = partOf(dataset, request.part)
  const { shape, classes } = dataset.summary
  const { classIndex, offset, count } = request
  if (classIndex !== null && classIndex >= classes.length) {
    throw new AppError('class-unknown', { found: classIndex, count: classes.length })
  }
  const members = classIndex === null ? undefined : part.members[classIndex]
  const total = members?.length ?? part.count
  const shown = Math.max(0, Math.min(count, total - offset))
  const indices = Uint32Array.from({ length: shown }, (_, n) => members?.[offset + n] ?? offset + n)
  const { values, labels } = readBatch(part, indices, dataset.preprocessing)
  const pixels = toShownBytes(values, dataset.preprocessing)
  return { shape: [...shape], total, indices, labels: Uint32Array.from(labels), pixels }
}
