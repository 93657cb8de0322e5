import { channelOf, framesOf, fromChannels, type Sound } from './sound'

export type ChannelChoice = 'mono' | 'stereo'

/**
 * The same sound with one channel, the mean of all, or with two: one channel is doubled, and of more than two the first
 * two are kept, which every layout in use names left and right.
 */
export function withChannels(sound: Sound, choice: ChannelChoice): Sound {
  const wanted = choice === 'mono' ? 1 : 2
  if (sound.channels === wanted) return sound
  if (choice === 'mono') return mean(sound)
  const left = channelOf(sound, 0)
  return fromChannels(sound.rate, [left, sound.channels === 1 ? left : channelOf(sound, 1)])
}

function mean(sound: Sound): Sound {
  const { samples, channels, rate } = sound
  const mixed = new Float32Array(framesOf(sound))
  for (let frame = 0, at = 0; frame < mixed.length; frame++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += samples[at++] ?? 0
    mixed[frame] = sum / channels
  }
  return { rate, channels: 1, samples: mixed }
}
