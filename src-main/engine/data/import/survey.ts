import type { ImportSettings, SpectrogramChoice } from '@shared/data/import'
import type { ResizeMode } from '@shared/data/preprocessing'
import type { SoundForm, SpectrogramSettings } from '@shared/data/sound-form'
import { shapeText } from '@shared/layers/shape'
import type { Decoded, DecodedValues } from '../decode/contract'
import type { Windows } from '../sound/sound-samples'
import { checkSpectrogram, spectrogramShape } from '../sound/spectrogram'

export type SampleKind = 'pictures' | 'sounds' | 'volumes'

/** What every sample of a data set will be, in plain values: it goes from thread to thread. */
export interface SampleForm {
  readonly kind: SampleKind
  /** Channels last. */
  readonly shape: readonly number[]
  readonly type: 'uint8' | 'float32'
  readonly divisor: number
  readonly normalize: boolean
  /** Of sounds: frames a second. */
  readonly rate: number | null
  /** Of pictures; absent: `fit`. */
  readonly resize?: ResizeMode
  /** Of sounds, and how their windows follow each other. */
  readonly sound?: SoundForm
  readonly windows?: Windows
  /** How volumes of other sizes are brought to this one. */
  readonly volumeFit?: ImportSettings['volumeFit']
}

/** Larger pictures are made smaller unless a size is asked for: what a network of today is usually fed with. */
const usualSide = 224
/** So long are the sides of volumes of many sizes, at most. */
const usualVolumeSide = 64
const usualSeconds = 1

/**
 * A decoded file as one sample, if it can be one. What an array of NumPy's is, is told by its shape, and where that fits
 * several kinds by `as`.
 */
export function asSample(decoded: Decoded, as: SampleKind | null = null): DecodedValues | undefined {
  if (decoded.kind === 'arrays' || decoded.kind === 'table') return undefined
  if (decoded.kind !== 'array') return decoded
  const { shape } = decoded
  const channels = shape.at(-1) ?? 0
  if (as === 'sounds' && shape.length === 2 && channels <= 2) return { ...decoded, kind: 'sound' }
  if (shape.length === 2) return { ...decoded, kind: 'picture', shape: [...shape, 1] }
  if (shape.length === 3 && channels <= 4 && as !== 'volumes') return { ...decoded, kind: 'picture' }
  if (shape.length === 3 || shape.length === 4) return { ...decoded, kind: 'volume' }
  return shape.length === 1 ? { ...decoded, kind: 'sound', shape: [...shape, 1] } : undefined
}

export function kindOf({ kind }: DecodedValues): SampleKind {
  return kind === 'sound' ? 'sounds' : kind === 'volume' ? 'volumes' : 'pictures'
}

/** The form of a data set by some of its files, decoded; `given` are the settings that decide against them. */
export function formOf(samples: readonly DecodedValues[], given: ImportSettings): SampleForm | undefined {
  const kind = given.as ?? mostFrequent(samples.map(kindOf))
  const own = samples.filter((sample) => kindOf(sample) === kind)
  if (own.length === 0) return undefined
  if (kind === 'pictures') return pictureForm(own, given)
  if (kind === 'sounds') return soundForm(own, given)
  return kind === 'volumes' ? volumeForm(own, given) : undefined
}

function pictureForm(samples: readonly DecodedValues[], given: ImportSettings): SampleForm {
  const { size, channels, resize } = given
  const [height, width] = size ?? usualSize(samples)
  const coloured = samples.some(({ shape }) => (shape[2] ?? 1) >= 3)
  return {
    kind: 'pictures',
    shape: [height, width, channels ?? (coloured ? 3 : 1)],
    type: 'uint8',
    divisor: 255,
    normalize: given.normalize ?? false,
    rate: null,
    ...(resize === 'fit' ? {} : { resize }),
  }
}

/** The size that most pictures have, if half of them do; else a square of their usual shorter side. Never above 224. */
function usualSize(samples: readonly DecodedValues[]): readonly [number, number] {
  const sizes = samples.map(({ shape: [height = 1, width = 1] }) => [height, width] as const)
  const common = mostFrequent(sizes.map(shapeText)) ?? ''
  const [found, ...others] = sizes.filter((size) => shapeText(size) === common)
  if (found && others.length + 1 >= sizes.length / 2) {
    const scale = Math.min(1, usualSide / Math.max(...found))
    return [Math.max(1, Math.round(found[0] * scale)), Math.max(1, Math.round(found[1] * scale))]
  }
  const side = Math.min(usualSide, median(sizes.map((size) => Math.min(...size))))
  return [side, side]
}

function soundForm(samples: readonly DecodedValues[], given: ImportSettings): SampleForm {
  const rate = given.rate ?? Number(mostFrequent(samples.map((sample) => String(sample.rate ?? 1))))
  const frames = (seconds: number) => Math.max(1, Math.round(seconds * rate))
  const lengths = samples.map(({ shape: [own = 0], rate: ownRate = rate }) => Math.round((own / ownRate) * rate))
  const common = Number(mostFrequent(lengths.map(String)))
  const shared = lengths.filter((length) => length === common).length >= lengths.length / 2
  const length = given.seconds ? frames(given.seconds) : shared ? Math.max(1, common) : frames(usualSeconds)
  const channels = given.soundChannels === 'stereo' ? 2 : 1
  const spectrogram = given.spectrogram && spectrogramAt(rate, given.spectrogram)
  return {
    kind: 'sounds',
    shape: [...(spectrogram ? spectrogramShape(spectrogram, length) : [length]), channels],
    type: 'float32',
    divisor: 1,
    // Decibels lie anywhere; waves lie around 0 within 1, and scaling them would lose how loud they are to each other.
    normalize: given.normalize ?? spectrogram !== null,
    rate,
    sound: { rate, length, ...(spectrogram ? { spectrogram } : {}) },
    windows: { hop: given.hop === null ? length : frames(given.hop), rest: given.rest },
  }
}

/** Milliseconds as frames; the transform is the smallest that the window has room in. Refuses what cannot be made so. */
function spectrogramAt(rate: number, { bands, count, window, hop, range }: SpectrogramChoice): SpectrogramSettings {
  const frames = (milliseconds: number) => Math.round((milliseconds / 1000) * rate)
  const length = Math.max(2, frames(window))
  const settings: SpectrogramSettings = {
    size: Math.max(16, 2 ** Math.ceil(Math.log2(length))),
    window: length,
    hop: Math.max(1, frames(hop)),
    bands: bands === 'mel' ? { kind: 'mel', count, lowest: 0, highest: rate / 2 } : { kind: 'linear' },
    scale: 'decibel',
    range,
  }
  checkSpectrogram(settings, rate)
  return settings
}

function volumeForm(samples: readonly DecodedValues[], given: ImportSettings): SampleForm {
  const shapes = samples.map(({ shape }) => volumeShape(shape))
  const channels = Number(mostFrequent(shapes.map((shape) => String(shape[3]))))
  const bytes = samples.every(({ dtype }) => dtype === 'uint8')
  return {
    kind: 'volumes',
    shape: [...(given.volumeSize ?? usualVolumeSize(shapes, given)), channels],
    type: bytes ? 'uint8' : 'float32',
    divisor: bytes ? 255 : 1,
    normalize: given.normalize ?? !bytes,
    rate: null,
    volumeFit: given.volumeFit,
  }
}

/** The size that most volumes have, if half of them do or the others are to be left out; else their usual sides, up to 64. */
function usualVolumeSize(shapes: readonly (readonly number[])[], { volumeFit }: ImportSettings): readonly number[] {
  const sizes = shapes.map((shape) => shape.slice(0, 3))
  const common = mostFrequent(sizes.map(shapeText))
  const [found = [1, 1, 1], ...others] = sizes.filter((size) => shapeText(size) === common)
  if (volumeFit === 'skip' || others.length + 1 >= sizes.length / 2) return found
  return found.map((_, axis) => Math.min(usualVolumeSide, median(sizes.map((size) => size[axis] ?? 1))))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 1
}

/** `[depth, height, width, channels]`. */
export function volumeShape(shape: readonly number[]): readonly number[] {
  return shape.length === 3 ? [...shape, 1] : shape
}

function mostFrequent<T extends string>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce<readonly [T, number] | undefined>(
    (best, one) => (best && best[1] >= one[1] ? best : one),
    undefined,
  )?.[0]
}
