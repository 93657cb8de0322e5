import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { addNoise } from '../noise'
import { between } from '../random'

/** So much quieter than the sound is white noise at most, in decibels below the least that is asked for. */
const quietest = 30

/** White noise, quieter than the sound by so many decibels at least, and by 30 more at most. */
export default defineAugmentation({
  kind: 'white-noise',
  group: 'values',
  order: 11,
  icon: 'audio-lines',
  samples: ['sound'],
  params: { distance: real({ initial: 20, min: 0, max: 80, step: 1, unit: 'dB' }) },
  main: ['distance'],
  probability: 1,
  change: ({ values }, { distance }, random) => {
    let power = 0
    for (let at = 0; at < values.length; at++) power += (values[at] ?? 0) ** 2
    const below = between(random, distance, distance + quietest)
    addNoise(values, Math.sqrt(power / values.length) * 10 ** (-below / 20), random)
  },
})
