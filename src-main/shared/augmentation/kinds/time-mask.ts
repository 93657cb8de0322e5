import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** A stretch of time becomes silence. */
export default defineAugmentation({
  kind: 'time-mask',
  group: 'hiding',
  order: 2,
  icon: 'volume-x',
  samples: ['sound'],
  params: { largest: real({ initial: 0.15, min: 0, max: 0.9, step: 0.05 }) },
  main: ['largest'],
  probability: 0.5,
  change: ({ values, sizes: [size = 1], channels }, { largest }, random) => {
    const length = Math.round(between(random, 0, largest) * size)
    const from = Math.floor(between(random, 0, size - length + 1))
    values.fill(0, from * channels, (from + length) * channels)
  },
})
