import { defineAugmentation } from '../define'

/** Top becomes bottom. */
export default defineAugmentation({
  kind: 'flip-vertical',
  group: 'geometry',
  order: 1,
  icon: 'flip-vertical-2',
  samples: ['picture', 'volume'],
  params: {},
  main: [],
  probability: 0.5,
  move: (placement) => placement.scale(1, -1),
})
