import { defineAugmentation } from '../define'

/** The first slice becomes the last. */
export default defineAugmentation({
  kind: 'flip-depth',
  group: 'geometry',
  order: 2,
  icon: 'layers',
  samples: ['volume'],
  params: {},
  caution: () => 'mirrored',
  main: [],
  probability: 0.5,
  move: (placement) => placement.scale(2, -1),
})
