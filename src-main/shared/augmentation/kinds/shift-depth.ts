import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** Towards the first or the last slice, by a share of the depth. */
export default defineAugmentation({
  kind: 'shift-depth',
  group: 'geometry',
  order: 16,
  icon: 'move-3d',
  samples: ['volume'],
  params: { depth: real({ initial: 0.1, min: 0, max: 1, step: 0.05 }) },
  main: ['depth'],
  probability: 1,
  move: (placement, { depth }, random) => placement.shift(2, between(random, -depth, depth) * placement.size(2)),
})
