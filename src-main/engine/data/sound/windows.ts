import { framesOf, type Sound } from './sound'

/** How long sounds are cut into samples of one length. All in frames. */
export interface Cutting {
  readonly length: number
  /** From one window's start to the next one's. */
  readonly hop: number
  /** Whether the end that fills no whole window is filled up with silence, or left out. */
  readonly rest: 'pad' | 'drop'
  /** Where the silence goes. */
  readonly silence: 'end' | 'both'
}

/**
 * Where windows begin in a sound of so many frames. A sound that is not longer than one window always gives one; of a
 * longer one no window lies wholly in what the one before it has had.
 */
export function windowStarts(frames: number, { length, hop, rest }: Cutting): number[] {
  if (!(length >= 1) || !(hop >= 1)) throw new RangeError(`Windows of ${length} frames every ${hop} are none`)
  if (frames <= length) return frames > 0 ? [0] : []
  const whole = Math.floor((frames - length) / hop) + 1
  const reached = (whole - 1) * hop + length
  const count = rest === 'pad' && reached < frames && whole * hop < frames ? whole + 1 : whole
  return Array.from({ length: count }, (_, index) => index * hop)
}

/** The window that begins at a frame, `[length, channels]`; where the sound has ended it is silent. */
export function cutWindow(sound: Sound, start: number, { length, silence }: Cutting): Sound {
  const { rate, channels, samples } = sound
  const here = Math.min(length, framesOf(sound) - start)
  const lead = silence === 'both' ? Math.floor((length - here) / 2) : 0
  const cut = new Float32Array(length * channels)
  cut.set(samples.subarray(start * channels, (start + here) * channels), lead * channels)
  return { rate, channels, samples: cut }
}
