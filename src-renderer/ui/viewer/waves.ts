import type { Playable } from '@/composables/use-player'

/** Parts what lies frame by frame into its channels. */
export function channelsOf(values: ArrayLike<number>, channels: number): Float32Array<ArrayBuffer>[] {
  const frames = Math.floor(values.length / channels)
  return Array.from({ length: channels }, (_, channel) => {
    const own = new Float32Array(frames)
    for (let frame = 0; frame < frames; frame++) own[frame] = values[frame * channels + channel] ?? 0
    return own
  })
}

/**
 * The lowest and the highest value that each of `columns` columns stands for, one pair after another. A column reaches
 * one frame into the next, so that what is drawn hangs together.
 */
export function columnBounds(samples: Float32Array, columns: number): Float32Array {
  const bounds = new Float32Array(2 * columns)
  for (let column = 0; column < columns; column++) {
    const first = Math.floor((column * samples.length) / columns)
    const last = Math.min(samples.length - 1, Math.floor(((column + 1) * samples.length) / columns))
    let low = Infinity
    let high = -Infinity
    for (let at = first; at <= last; at++) {
      const value = samples[at] ?? 0
      if (value < low) low = value
      if (value > high) high = value
    }
    bounds.set(low <= high ? [low, high] : [0, 0], 2 * column)
  }
  return bounds
}

/** The largest size of a value, at least so much that silence is drawn as silence. */
export function loudest({ channels }: Playable, least = 1e-3): number {
  let most = least
  for (const samples of channels) for (const value of samples) if (Math.abs(value) > most) most = Math.abs(value)
  return most
}

/** Steps along a time axis, for marks or columns: the finest of 1, 2 or 5 times a power of ten that leaves at most `most`. */
export function timeStep(seconds: number, most: number): number {
  const least = seconds / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10) * power
}
