import type { Sound } from '../../sound/sound'
import { Refusal, type DecodedValues, type Limits, type Note } from '../contract'

/** Refuses a sound of too many samples; to be called with what a header says, before any are read. */
export function checkSampleCount(frames: number, channels: number, { values }: Limits): void {
  const count = frames * channels
  if (count > values) throw new Refusal('too-many-values', { count, limit: values })
}

/** Samples that a packed sound may have whatever its size: some 25 minutes of one channel. */
const freeSamples = 2 ** 26
/** Beyond those no more than so many for a byte. Silence takes less still, but nobody keeps hours of it. */
const samplesPerByte = 250

/** The limits for a packed sound of so many bytes, so that a small file cannot become an enormous one. */
export function packedLimits(limits: Limits, size: number): Limits {
  return { ...limits, values: Math.min(limits.values, Math.max(freeSamples, samplesPerByte * size)) }
}

/**
 * A sound as a reader gives it. Samples that are no numbers become silence, since one of them would spoil all that is
 * computed from it; samples beyond ±1 are kept. Both are said.
 */
export function soundValues(format: string, sound: Sound, notes: readonly Note[] = []): DecodedValues {
  const { samples, channels, rate } = sound
  if (samples.length === 0) throw new Refusal('no-samples')
  let strange = 0
  let peak = 0
  for (let at = 0; at < samples.length; at++) {
    const size = Math.abs(samples[at] ?? 0)
    if (size <= peak) continue
    if (Number.isFinite(size)) peak = size
    else {
      strange++
      samples[at] = 0
    }
  }
  const found: Note[] = [...notes]
  if (strange > 0) found.push({ code: 'samples-silenced', params: { count: strange }, warns: true })
  if (peak > 1) found.push({ code: 'louder-than-one', params: { peak: Number(peak.toFixed(3)) }, warns: false })
  return {
    kind: 'sound',
    format,
    shape: [samples.length / channels, channels],
    dtype: 'float32',
    values: samples,
    rate,
    notes: found,
  }
}
