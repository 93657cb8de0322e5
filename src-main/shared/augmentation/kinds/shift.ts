import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** Aside, up or down, by a share of width and height. */
export default defineAugmentation({
  kind: 'shift',
  group: 'geometry',
  order: 15,
  icon: 'move',
  samples: ['picture', 'volume'],
  params: {
    horizontal: real({ initial: 0.1, min: 0, max: 1, step: 0.05 }),
    vertical: real({ initial: 0.1, min: 0, max: 1, step: 0.05 }),
  },
  main: ['horizontal', 'vertical'],
  probability: 1,
  move: (placement, { horizontal, vertical }, random) => {
    placement.shift(0, between(random, -horizontal, horizontal) * placement.size(0))
    placement.shift(1, between(random, -vertical, vertical) * placement.size(1))
  },
})
