import type { ChangedSample } from './define'
import { between, type RandomSource } from './random'

/** Where a box lies along one axis. */
export interface Stretch {
  readonly from: number
  readonly length: number
}

/** Covers a box of a sample (one stretch for each axis): with evenly distributed noise, or with each channel's mean. */
export function hideBox(sample: ChangedSample, box: readonly Stretch[], noise?: RandomSource): void {
  if (box.some(({ length }) => length === 0)) return
  const { values, channels, low, high } = sample
  const means = noise ? [] : channelMeans(sample)
  eachRun(sample.sizes, box, (first, count) => {
    const end = (first + count) * channels
    for (let at = first * channels, channel = 0; at < end; at++) {
      values[at] = noise ? between(noise, low, high) : (means[channel] ?? 0)
      channel = channel + 1 === channels ? 0 : channel + 1
    }
  })
}

function channelMeans({ values, channels }: ChangedSample): Float64Array {
  const means = new Float64Array(channels)
  for (let at = 0, channel = 0; at < values.length; at++) {
    means[channel] = (means[channel] ?? 0) + ((values[at] ?? 0) * channels) / values.length
    channel = channel + 1 === channels ? 0 : channel + 1
  }
  return means
}

/** Names each run of neighbours along the last axis that lies in the box: its first place and its length. */
function eachRun(
  sizes: readonly number[],
  box: readonly Stretch[],
  visit: (first: number, count: number) => void,
  axis = 0,
  before = 0,
): void {
  const { from, length } = box[axis] ?? { from: 0, length: 1 }
  const start = before * (sizes[axis] ?? 1) + from
  if (axis === sizes.length - 1) return visit(start, length)
  for (let n = 0; n < length; n++) eachRun(sizes, box, visit, axis + 1, start + n)
}
