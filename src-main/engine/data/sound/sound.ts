/** A sound: samples of all channels, frame by frame, nominally from -1 to 1. */
export interface Sound {
  /** Frames in a second. */
  readonly rate: number
  readonly channels: number
  /** `[frames, channels]`, channels last. */
  readonly samples: Float32Array
}

/** How many frames a sound has. */
export function framesOf({ samples, channels }: Sound): number {
  return samples.length / channels
}

/** The samples of one channel, in a new array. */
export function channelOf({ samples, channels }: Sound, channel: number): Float32Array {
  const one = new Float32Array(samples.length / channels)
  for (let frame = 0, at = channel; frame < one.length; frame++, at += channels) one[frame] = samples[at] ?? 0
  return one
}

/** A sound of channels that are equally long. */
export function fromChannels(rate: number, planes: readonly Float32Array[]): Sound {
  const channels = planes.length
  const samples = new Float32Array((planes[0]?.length ?? 0) * channels)
  for (const [channel, plane] of planes.entries()) {
    for (let frame = 0, at = channel; frame < plane.length; frame++, at += channels) samples[at] = plane[frame] ?? 0
  }
  return { rate, channels, samples }
}
