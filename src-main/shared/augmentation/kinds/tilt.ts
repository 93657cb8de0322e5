import { real } from '../../layers/params'
import { defineAugmentation, farTurn } from '../define'
import { between } from '../random'

const radian = Math.PI / 180

/** Turns of a volume about the two axes that lie in its slices. */
export default defineAugmentation({
  kind: 'tilt',
  group: 'geometry',
  order: 14,
  icon: 'rotate-3d',
  samples: ['volume'],
  params: {
    nod: real({ initial: 15, min: 0, max: 180, step: 1, unit: '°' }),
    swing: real({ initial: 15, min: 0, max: 180, step: 1, unit: '°' }),
  },
  main: ['nod', 'swing'],
  caution: ({ nod, swing }) => (Math.max(nod, swing) > farTurn ? 'turned' : undefined),
  probability: 1,
  move: (placement, { nod, swing }, random) => {
    placement.turn(1, 2, between(random, -nod, nod) * radian)
    placement.turn(0, 2, between(random, -swing, swing) * radian)
  },
})
