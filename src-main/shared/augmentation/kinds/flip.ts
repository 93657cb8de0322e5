import { defineAugmentation } from '../define'

/** Left becomes right. */
export default defineAugmentation({
  kind: 'flip',
  group: 'geometry',
  order: 0,
  icon: 'triangles-centerline-dashed-vertical',
  samples: ['picture', 'volume'],
  params: {},
  caution: () => 'mirrored',
  main: [],
  probability: 0.5,
  move: (placement) => placement.scale(0, -1),
})
