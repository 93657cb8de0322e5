import { real } from '../../layers/params'
import { defineAugmentation, farTurn } from '../define'
import { between } from '../random'

/** A turn of the picture; of a volume, of each of its slices. */
export default defineAugmentation({
  kind: 'rotation',
  group: 'geometry',
  order: 13,
  icon: 'rotate-cw',
  samples: ['picture', 'volume'],
  params: { degrees: real({ initial: 15, min: 0, max: 180, step: 1, unit: '°' }) },
  main: ['degrees'],
  caution: ({ degrees }) => (degrees > farTurn ? 'turned' : undefined),
  probability: 1,
  move: (placement, { degrees }, random) => placement.turn(0, 1, (between(random, -degrees, degrees) * Math.PI) / 180),
})
