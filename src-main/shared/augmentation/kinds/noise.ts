import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { addNoise } from '../noise'
import { between } from '../random'

/** Normally distributed noise; its deviation is drawn for each sample, up to a share of the whole range. */
export default defineAugmentation({
  kind: 'noise',
  group: 'values',
  order: 10,
  icon: 'sparkles',
  samples: ['picture', 'volume'],
  params: { strength: real({ initial: 0.05, min: 0, max: 1, step: 0.01 }) },
  main: ['strength'],
  probability: 1,
  change: ({ values, low, high }, { strength }, random) =>
    addNoise(values, between(random, 0, strength) * (high - low), random),
})
