import { toShownBytes } from '@shared/data/preprocessing'
import { AppError } from '@shared/ipc/errors'
import type { GuessedSample, TopGuesses } from '@shared/ipc/look'
import { sizeOf } from '@shared/layers/shape'
import { pieces, readBatch } from '../data/batches'
import type { Dataset } from '../data/dataset'
import { deriveSeed, permutation, seededRandom } from '../random'
import { giveWay } from '../train/control'
import { bestGuesses } from './guess'
import type { TrainedNetwork } from './trained'

/** So many test samples are computed at once while looking for right and wrong ones. */
const pieceSize = 100

export interface Wanted {
  readonly right: number
  readonly wrong: number
  /** Decides the order in which test samples are looked at. */
  readonly seed: number
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/**
 * The first test samples, in an order that the seed decides, that the network guesses right and wrong. It looks at no
 * more of them than it must; of a very good network there may be fewer wrong ones than asked for.
 */
export async function findTopGuesses(
  network: TrainedNetwork,
  { test, all }: Dataset,
  wanted: Wanted,
): Promise<TopGuesses> {
  const { preprocessing, classes } = network.record
  const size = sizeOf(preprocessing.shape)
  const right: GuessedSample[] = []
  const wrong: GuessedSample[] = []
  let looked = 0
  const order = permutation(test.count, seededRandom(deriveSeed(wanted.seed, 'guesses')))
  for (const positions of pieces(order, pieceSize)) {
    if (right.length >= wanted.right && wrong.length >= wanted.wrong) break
    await giveWay()
    if (wanted.signal.aborted) throw new AppError('cancelled', { name: 'topGuesses' })
    const batch = readBatch(test, positions, preprocessing)
    const names = await all.names.at(positions.map((position) => test.numbers[position] ?? 0))
    const probabilities = network.predict(batch)
    for (const [n, index] of positions.entries()) {
      const top = bestGuesses(probabilities.subarray(n * classes.length, (n + 1) * classes.length))
      const label = batch.labels[n] ?? 0
      const [list, limit] = top[0]?.classIndex === label ? [right, wanted.right] : [wrong, wanted.wrong]
      looked += 1
      if (list.length >= limit) continue
      const own = toShownBytes(batch.values.subarray(n * size, (n + 1) * size), preprocessing)
      const sample = { row: test.numbers[index] ?? 0, name: names[n] ?? '' }
      list.push({ sample, label, shape: [...preprocessing.shape], pixels: own, top })
      if (right.length >= wanted.right && wrong.length >= wanted.wrong) break
    }
  }
  return { step: network.step, right, wrong, looked }
}
