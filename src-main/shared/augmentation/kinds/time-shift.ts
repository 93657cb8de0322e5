import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** Earlier or later by whole samples, so that no frequency is weakened. */
export default defineAugmentation({
  kind: 'time-shift',
  group: 'geometry',
  order: 20,
  icon: 'move-horizontal',
  samples: ['sound'],
  params: { time: real({ initial: 0.1, min: 0, max: 1, step: 0.05 }) },
  main: ['time'],
  probability: 1,
  move: (placement, { time }, random) =>
    placement.shift(0, Math.round(between(random, -time, time) * placement.size(0))),
})
