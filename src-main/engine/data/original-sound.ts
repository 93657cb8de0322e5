import type { OriginalSound } from '@shared/data/sample-detail'
import { placeOf } from '@shared/data/stored-dataset'
import { AppError } from '@shared/ipc/errors'
import type { Dataset } from './dataset'
import { Refusal, usualLimits, type SourceFile } from './decode/contract'
import { decodeFile } from './decode/decode-file'
import { valuesOf } from './sample'
import { soundWindow } from './sound/sound-samples'

/** A picture of a sound is the same where its values lie no further apart: it is computed alike, but kept as float32. */
const tolerance = 1e-3

/**
 * The sound whose picture a sample is, read from the file that it came from: its window, at the data set's rate and with
 * its channels. `reason`: why there is none, above all where the file gives another picture now. Throws `no-sound` for
 * samples that are no pictures of sounds.
 */
export async function readOriginal(
  dataset: Dataset,
  row: number,
  open: () => Promise<SourceFile>,
): Promise<OriginalSound> {
  const { sound, shape } = dataset.preprocessing
  if (!sound?.spectrogram) throw new AppError('no-sound')
  const kept = valuesOf(dataset, row)
  const [name = ''] = await dataset.all.names.at(Uint32Array.of(row))
  const channels = shape.at(-1) ?? 1
  try {
    const outcome = await decodeFile(await open(), { limits: usualLimits, frames: 'all' })
    if (!outcome.ok) throw outcome.refusal
    const { decoded } = outcome
    if (decoded.kind !== 'sound') throw new Refusal('original-differs')
    const found = soundWindow(decoded, sound, channels, placeOf(name).at ?? 0)
    if (!found || !alike(found.picture, kept)) throw new Refusal('original-differs')
    return { sound: { samples: Float32Array.from(found.samples), channels, rate: sound.rate }, reason: null }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { sound: null, reason: { code: thrown.code, params: thrown.params } }
  }
}

function alike(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false
  for (let n = 0; n < one.length; n++) {
    const [here, there] = [one[n] ?? NaN, other[n] ?? NaN]
    if (!(Math.abs(here - there) <= tolerance * Math.max(1, Math.abs(there)))) return false
  }
  return true
}
