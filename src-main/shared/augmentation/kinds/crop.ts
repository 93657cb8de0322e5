import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/**
 * A piece of random area, proportions and place, stretched over the whole: the training crops of Szegedy et al., "Going
 * Deeper with Convolutions", 2015.
 */
export default defineAugmentation({
  kind: 'crop',
  group: 'geometry',
  order: 10,
  icon: 'crop',
  samples: ['picture'],
  params: {
    smallest: real({ initial: 0.6, min: 0.05, max: 1, step: 0.05 }),
    proportions: real({ initial: 1.33, min: 1, max: 4, step: 0.05 }),
  },
  main: ['smallest'],
  probability: 1,
  move: (placement, { smallest, proportions }, random) => {
    const area = between(random, smallest, 1)
    const stretch = Math.exp(between(random, -0.5, 0.5) * Math.log(proportions))
    const side = Math.sqrt(area)
    for (const [axis, wanted] of [side * stretch, side / stretch].entries()) {
      const share = Math.min(wanted, 1)
      const room = (placement.size(axis) * (1 - share)) / 2
      placement.shift(axis, between(random, -room, room))
      placement.scale(axis, share)
    }
  },
})
