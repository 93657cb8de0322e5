import { defineAugmentation } from '../define'

/** The wave upside down, which sounds the same. */
export default defineAugmentation({
  kind: 'polarity',
  group: 'values',
  order: 5,
  icon: 'activity',
  samples: ['sound'],
  params: {},
  main: [],
  probability: 0.5,
  change: ({ values }) => {
    for (let at = 0; at < values.length; at++) values[at] = -(values[at] ?? 0)
  },
})
