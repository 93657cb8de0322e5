import { fileKindOf, type FileKind } from '@shared/data/file-kind'
import { fromShownBytes, toShownBytes, type Preprocessing, type SampleValues } from '@shared/data/preprocessing'
import type { GuessedSample } from '@shared/ipc/look'
import { AppError } from '@shared/ipc/errors'
import { sizeOf } from '@shared/layers/shape'
import { englishText } from '@shared/messages/english'
import { Refusal, usualLimits, type DecodedValues } from '../data/decode/contract'
import { decodeFile } from '../data/decode/decode-file'
import { bytesFile } from '../data/decode/source-file'
import { samplesOf } from '../data/import/samples'
import { asSample, kindOf } from '../data/import/survey'
import { readPicture, type PictureFile } from '../data/picture'
import { soundSamples } from '../data/sound/sound-samples'
import { tellingSpectrograms } from '../data/sound/tell-spectrogram'
import { bestGuesses } from './guess'
import type { TrainedNetwork } from './trained'

/** So many windows of a sound are computed at once. */
const pieceSize = 64

/**
 * What the network makes of a person's own picture, sound or volume, made a sample in the way of those that it learned
 * from. Of a sound that is longer than a sample, the probabilities are the means over its windows, which follow each
 * other without overlap; what is left behind the last whole one is not looked at.
 */
export async function guessFile(network: TrainedNetwork, file: PictureFile): Promise<GuessedSample> {
  const { preprocessing } = network.record
  const kind = fileKindOf(preprocessing)
  if (kind === 'pictures') {
    const pixels = await readPicture(file, preprocessing)
    return guessOf(network, [fromShownBytes(pixels, preprocessing)]).sample
  }
  const decoded = await decode(file, kind)
  try {
    if (kind === 'volumes') return guessOf(network, [await volumeOf(decoded, preprocessing)]).sample
    return soundGuess(network, decoded)
  } catch (thrown) {
    throw thrown instanceof Refusal ? unreadable(file.name, thrown) : thrown
  }
}

async function decode({ name, bytes }: PictureFile, kind: FileKind): Promise<DecodedValues> {
  const outcome = await decodeFile(bytesFile(name, bytes), { limits: usualLimits, frames: 'all' })
  if (!outcome.ok) throw unreadable(name, outcome.refusal)
  const decoded = asSample(outcome.decoded, kind)
  if (decoded && kindOf(decoded) === kind) return decoded
  throw new AppError(kind === 'sounds' ? 'guess-not-sound' : 'guess-not-volume', { name })
}

function unreadable(name: string, { code, params }: Refusal): AppError {
  const detail = englishText(`decode.reasons.${code}`, params).replace(/\.$/, '')
  return new AppError('guess-unreadable', { name, detail })
}

/** A volume of another size is brought to the network's as those that it learned from. */
async function volumeOf(decoded: DecodedValues, preprocessing: Preprocessing): Promise<SampleValues> {
  const { shape, divisor, floats, volumeFit = 'scale' } = preprocessing
  const type = floats ? ('float32' as const) : ('uint8' as const)
  const form = { kind: 'volumes', shape, type, divisor, normalize: false, rate: null, volumeFit } as const
  const [sample] = await samplesOf('', decoded, form)
  if (!sample) throw new Refusal('no-samples')
  return sample.values
}

function soundGuess(network: TrainedNetwork, decoded: DecodedValues): GuessedSample {
  const { shape, sound } = network.record.preprocessing
  if (!sound) throw new AppError('guess-no-rate')
  const windows = tellingSpectrograms(() => soundSamples(decoded, sound, shape.at(-1) ?? 1))
  const { sample, surest } = guessOf(
    network,
    windows.map(({ values }) => values),
  )
  if (windows.length === 1) return sample
  const start = (windows[surest]?.start ?? 0) / sound.rate
  return { ...sample, windows: { count: windows.length, start, seconds: sound.length / sound.rate } }
}

interface Guessed {
  readonly sample: GuessedSample
  /** Which of several samples is shown. */
  readonly surest: number
}

/** The guesses for samples that belong together, the means over them; the one that is surest of the first is shown. */
function guessOf(network: TrainedNetwork, samples: readonly SampleValues[]): Guessed {
  const { preprocessing, classes } = network.record
  const means = new Float32Array(classes.length)
  const each: Float32Array[] = []
  for (let at = 0; at < samples.length; at += pieceSize) {
    const piece = samples.slice(at, at + pieceSize)
    const found = network.predict({ count: piece.length, values: joined(piece, sizeOf(preprocessing.shape)) })
    for (let n = 0; n < piece.length; n++) each.push(found.slice(n * means.length, (n + 1) * means.length))
  }
  for (const one of each) for (const [at, value] of one.entries()) means[at] = (means[at] ?? 0) + value / each.length
  const top = bestGuesses(means)
  const best = top[0]?.classIndex ?? 0
  const surest = each.reduce((most, one, n) => ((one[best] ?? 0) > (each[most]?.[best] ?? 0) ? n : most), 0)
  const pixels = toShownBytes(samples[surest] ?? new Uint8Array(), preprocessing)
  return { sample: { sample: null, label: null, shape: [...preprocessing.shape], pixels, top }, surest }
}

function joined(samples: readonly SampleValues[], size: number): SampleValues {
  const [first] = samples
  if (first && samples.length === 1) return first
  const all =
    first instanceof Uint8Array ? new Uint8Array(samples.length * size) : new Float32Array(samples.length * size)
  for (const [n, sample] of samples.entries()) all.set(sample, n * size)
  return all
}
