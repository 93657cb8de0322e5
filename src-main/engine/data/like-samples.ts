import type { LikeSamples } from '@shared/data/sample-detail'
import { AppError } from '@shared/ipc/errors'
import { range } from '../random'
import { giveWay } from '../train/control'
import { largestPiece, pieces, readBatch } from './batches'
import type { Dataset } from './dataset'
import { looksLike } from './import/look-alikes'
import { printOf } from './import/prints'
import { makePart } from './part'
import { valuesOf } from './sample'

/**
 * Looks through the whole source for samples that are the same as one, or (pictures) look like it as an import judges
 * that. Samples without any contrast are like none.
 */
export async function findLike(dataset: Dataset, row: number, signal: AbortSignal): Promise<LikeSamples> {
  const { all, preprocessing, summary } = dataset
  const shape = preprocessing.floats ? [] : preprocessing.shape
  const wanted = printOf(valuesOf(dataset, row), shape)
  const [equal, alike]: [number[], number[]] = [[], []]
  const part = makePart(all.labels, all, range(all.count), summary.classes.length)
  for (const positions of pieces(part.rows, largestPiece(part))) {
    await giveWay()
    if (signal.aborted) throw new AppError('cancelled', { name: 'findLike' })
    const { values, count } = readBatch(part, positions, preprocessing)
    const size = values.length / count
    for (const [n, other] of positions.entries()) {
      if (other === row || wanted.constant) continue
      const print = printOf(values.subarray(n * size, (n + 1) * size), shape)
      if (print.constant) continue
      if (print.digest === wanted.digest) equal.push(other)
      else if (shape.length === 3 && looksLike(print, wanted, shape[2] ?? 1)) alike.push(other)
    }
  }
  return { row, equal: Uint32Array.from(equal), alike: Uint32Array.from(alike) }
}
