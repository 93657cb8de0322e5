import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** Lighter or darker by a share of the whole range. */
export default defineAugmentation({
  kind: 'brightness',
  group: 'values',
  order: 0,
  icon: 'sun',
  samples: ['picture', 'volume'],
  params: { strength: real({ initial: 0.2, min: 0, max: 1, step: 0.05 }) },
  main: ['strength'],
  probability: 1,
  change: ({ values, low, high }, { strength }, random) => {
    const by = between(random, -strength, strength) * (high - low)
    for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) + by
  },
})
