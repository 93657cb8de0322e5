import { defineAugmentation } from '../define'

/** Left becomes right. */
export default defineAugmentation({
  kind: 'flip',
  group: 'geometry',
  order: 0,
  icon: 'flip-horizontal-2',
  samples: ['picture', 'volume'],
  params: {},
  main: [],
  probability: 0.5,
  move: (placement) => placement.scale(0, -1),
})
