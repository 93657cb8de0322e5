import type { SamplePage, SampleRequest } from '@shared/data/dataset'
import { AppError } from '@shared/ipc/errors'
import { partOf, type Dataset } from './dataset'

/** A page of samples, of one class or of all, as they lie in the source. Behind the end there are none. */
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
  const size = shape.reduce((product, length) => product * length, 1)
  const pixels = new Uint8Array(shown * size)
  for (const [n, index] of indices.entries()) part.copy(index, pixels, n * size)
  const labels = Uint32Array.from(indices, (index) => part.labels[index] ?? 0)
  return { shape: [...shape], total, indices, labels, pixels }
}
