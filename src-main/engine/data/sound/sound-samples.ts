import type { SoundForm, SpectrogramSettings } from '@shared/data/sound-form'
import { Refusal, usualLimits, type DecodedValues } from '../decode/contract'
import { withChannels } from './channels'
import { resample } from './resample'
import { channelOf, framesOf, type Sound } from './sound'
import { spectrogramMaker, type Spectrogram } from './spectrogram'
import { cutWindow, windowStarts, type Cutting } from './windows'

/** One window of a sound as a sample. */
export interface SoundSample {
  /** Its first frame, at the form's rate. */
  readonly start: number
  readonly values: Float32Array
}

/** How windows follow each other. */
export type Windows = Pick<Cutting, 'hop' | 'rest'>

/**
 * The samples that a decoded sound gives, window by window: brought to one or two channels and the form's rate, cut,
 * a short one filled up with silence at its end, and, where the form says so, made pictures of. All that prepare sounds
 * for a network go this way: import, viewer, command line. A sound without a rate is taken to have the form's.
 */
export function soundSamples(
  decoded: DecodedValues,
  form: SoundForm,
  channels: number,
  windows: Windows = { hop: form.length, rest: 'drop' },
): SoundSample[] {
  const even = evenSound(decoded, form, channels)
  const cutting: Cutting = { length: form.length, ...windows, silence: 'end' }
  const starts = windowStarts(framesOf(even), cutting)
  if (starts.length === 0) throw new Refusal('no-samples')
  const count = starts.length * form.length * channels
  if (count > usualLimits.values) throw new Refusal('too-many-values', { count, limit: usualLimits.values })
  const { spectrogram } = form
  return starts.map((start) => {
    const cut = cutWindow(even, start, cutting)
    return { start, values: spectrogram ? pictureOf(cut, spectrogram) : cut.samples }
  })
}

/**
 * One of these samples again, that which begins at a frame, before and after a picture was made of it; undefined where
 * the sound does not reach so far.
 */
export function soundWindow(
  decoded: DecodedValues,
  form: SoundForm,
  channels: number,
  start: number,
): { samples: Float32Array; picture: Float32Array } | undefined {
  const even = evenSound(decoded, form, channels)
  if (start >= framesOf(even)) return undefined
  const cut = cutWindow(even, start, { length: form.length, hop: form.length, rest: 'drop', silence: 'end' })
  return { samples: cut.samples, picture: form.spectrogram ? pictureOf(cut, form.spectrogram) : cut.samples }
}

/** A sound at the form's rate, with so many channels. */
function evenSound({ rate = 0, shape, values }: DecodedValues, form: SoundForm, channels: number): Sound {
  const own = rate || form.rate
  const sound: Sound = { rate: own, channels: shape[1] ?? 1, samples: Float32Array.from(values) }
  const mixed = withChannels(sound, channels === 2 ? 'stereo' : 'mono')
  return own === form.rate ? mixed : resample(mixed, form.rate)
}

/** `[bands, spectra, channels]`. */
function pictureOf(sound: Sound, settings: SpectrogramSettings): Float32Array {
  const { channels, rate } = sound
  const make = makerFor(settings, rate)
  const planes = Array.from({ length: channels }, (_, channel) => make(channelOf(sound, channel)).values)
  const [first = new Float32Array()] = planes
  if (channels === 1) return first
  return Float32Array.from({ length: first.length * channels }, (_, at) => {
    return planes[at % channels]?.[Math.floor(at / channels)] ?? 0
  })
}

type Maker = (samples: Float32Array) => Spectrogram

/** A maker has tables that take longer than a sound: it is kept as long as its settings are. */
const makers = new WeakMap<SpectrogramSettings, { readonly rate: number; readonly make: Maker }>()

function makerFor(settings: SpectrogramSettings, rate: number): Maker {
  const known = makers.get(settings)
  if (known?.rate === rate) return known.make
  const make = spectrogramMaker(settings, rate)
  makers.set(settings, { rate, make })
  return make
}
