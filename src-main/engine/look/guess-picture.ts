import { fromShownBytes } from '@shared/data/preprocessing'
import type { GuessedSample } from '@shared/ipc/look'
import { readPicture, type PictureFile } from '../data/picture'
import { bestGuesses } from './guess'
import type { TrainedNetwork } from './trained'

/** What the network makes of a person's own picture, prepared like the samples that it learned from. */
export async function guessPicture(network: TrainedNetwork, picture: PictureFile): Promise<GuessedSample> {
  const { preprocessing } = network.record
  const pixels = await readPicture(picture, preprocessing)
  const top = bestGuesses(network.predict({ count: 1, values: fromShownBytes(pixels, preprocessing) }))
  return { index: null, label: null, shape: [...preprocessing.shape], pixels, top }
}
