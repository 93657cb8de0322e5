import { z } from 'zod'

/** Bands of a spectrogram: all frequencies of the transform, or so many that are equally wide to the ear. */
const Bands = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('linear') }),
  /** Between two frequencies in Hz. */
  z.object({
    kind: z.literal('mel'),
    count: z.int().min(1),
    lowest: z.number().min(0),
    highest: z.number().positive(),
  }),
])

/** How a spectrogram is made of a sound at its rate; all lengths are in frames. */
export const SpectrogramSettings = z.object({
  /** Length of one transform, a power of two. */
  size: z.int().min(16).max(65_536),
  /** Frames under the window of Hann, up to `size`; what is missing to it are zeros on both sides. */
  window: z.int().min(2).max(65_536),
  /** Frames from one spectrum to the next. */
  hop: z.int().min(1),
  bands: Bands,
  /** `power` is the squared magnitude, `decibel` ten times its logarithm, no more than `range` below the loudest. */
  scale: z.enum(['magnitude', 'power', 'decibel']),
  range: z.number().positive(),
})
export type SpectrogramSettings = z.output<typeof SpectrogramSettings>

/** How sound files become samples: at one rate, in windows of one length, as they are or as pictures of sounds. */
export const SoundForm = z.object({
  /** Frames a second. */
  rate: z.number().positive(),
  /** Frames of a window. Of raw sounds it is the sample's length. */
  length: z.int().min(1),
  /** Samples are `[bands, spectra, channels]`, highest band first; absent: `[length, channels]`. */
  spectrogram: SpectrogramSettings.optional(),
})
export type SoundForm = z.output<typeof SoundForm>
