import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

/** Nearer or further away, with the same proportions. */
export default defineAugmentation({
  kind: 'zoom',
  group: 'geometry',
  order: 11,
  icon: 'zoom-in',
  samples: ['picture', 'volume'],
  params: {
    closer: real({ initial: 0.1, min: 0, max: 3, step: 0.05 }),
    further: real({ initial: 0.1, min: 0, max: 0.9, step: 0.05 }),
  },
  main: ['closer', 'further'],
  probability: 1,
  move: (placement, { closer, further }, random) => {
    const magnification = between(random, 1 - further, 1 + closer)
    for (const axis of placement.sizes.keys()) placement.scale(axis, 1 / magnification)
  },
})
