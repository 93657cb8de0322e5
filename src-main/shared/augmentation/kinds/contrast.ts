import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { factor } from '../random'

/** Each channel's values nearer to their mean or further from it. */
export default defineAugmentation({
  kind: 'contrast',
  group: 'values',
  order: 1,
  icon: 'contrast',
  samples: ['picture', 'volume'],
  params: { strength: real({ initial: 0.2, min: 0, max: 1, step: 0.05 }) },
  main: ['strength'],
  probability: 1,
  change: ({ values, channels }, { strength }, random) => {
    const by = factor(random, strength)
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0
      for (let at = channel; at < values.length; at += channels) sum += values[at] ?? 0
      const rest = ((1 - by) * sum * channels) / values.length
      for (let at = channel; at < values.length; at += channels) values[at] = (values[at] ?? 0) * by + rest
    }
  },
})
