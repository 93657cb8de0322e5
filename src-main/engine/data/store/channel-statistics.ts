import type { SampleValues } from '@shared/data/preprocessing'

/** Per channel: mean and population deviation, 1 where all values are equal. */
export interface ChannelStatistics {
  readonly mean: number[]
  readonly deviation: number[]
}

/** Takes samples in, channels last, and tells each channel's mean and deviation, in memory that does not grow. */
export interface Statistics {
  add(values: SampleValues): void
  /** Of the values divided by `divisor`; undefined before the first sample. */
  result(divisor: number): ChannelStatistics | undefined
}

/** Statistics of bytes: how often each value came gives them exactly. */
export function byteStatistics(channels: number): Statistics {
  const counts = new Float64Array(channels * 256)
  return {
    add(values) {
      for (let at = 0, channel = 0; at < values.length; at++) {
        const place = channel * 256 + (values[at] ?? 0)
        counts[place] = (counts[place] ?? 0) + 1
        channel = channel + 1 === channels ? 0 : channel + 1
      }
    },
    result: (divisor) =>
      fromMoments(channels, divisor, (channel) => {
        const own = counts.subarray(channel * 256, (channel + 1) * 256)
        const total = own.reduce((sum, count) => sum + count, 0)
        const mean = own.reduce((sum, count, value) => sum + count * value, 0) / total
        const squares = own.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0)
        return { total, mean, variance: squares / total }
      }),
  }
}

/** Statistics of floats: sums around each channel's first value, so that a large mean does not swallow the deviation. */
export function floatStatistics(channels: number): Statistics {
  const origin = new Float64Array(channels)
  const sums = new Float64Array(channels)
  const squares = new Float64Array(channels)
  let total = 0
  return {
    add(values) {
      if (total === 0) origin.set(values.subarray(0, channels))
      for (let at = 0, channel = 0; at < values.length; at++) {
        const difference = (values[at] ?? 0) - (origin[channel] ?? 0)
        sums[channel] = (sums[channel] ?? 0) + difference
        squares[channel] = (squares[channel] ?? 0) + difference * difference
        channel = channel + 1 === channels ? 0 : channel + 1
      }
      total += values.length / channels
    },
    result: (divisor) =>
      fromMoments(channels, divisor, (channel) => {
        const shift = (sums[channel] ?? 0) / total
        return { total, mean: (origin[channel] ?? 0) + shift, variance: (squares[channel] ?? 0) / total - shift ** 2 }
      }),
  }
}

function fromMoments(
  channels: number,
  divisor: number,
  moments: (channel: number) => { total: number; mean: number; variance: number },
): ChannelStatistics | undefined {
  const all = Array.from({ length: channels }, (_, channel) => moments(channel))
  if (all.some(({ total }) => !(total > 0))) return undefined
  return {
    mean: all.map(({ mean }) => mean / divisor),
    deviation: all.map(({ variance }) => Math.sqrt(Math.max(variance, 0)) / divisor || 1),
  }
}
