import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** Louder or quieter. */
export default defineAugmentation({
  kind: 'gain',
  group: 'values',
  order: 4,
  icon: 'volume-2',
  samples: ['sound'],
  params: { decibels: real({ initial: 6, min: 0, max: 40, step: 1, unit: 'dB' }) },
  main: ['decibels'],
  probability: 1,
  change: ({ values }, { decibels }, random) => {
    const by = 10 ** (between(random, -decibels, decibels) / 20)
    for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) * by
  },
})
