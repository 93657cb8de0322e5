import { defineAugmentation } from '../define'

/** Top becomes bottom. */
export default defineAugmentation({
  kind: 'flip-vertical',
  group: 'geometry',
  order: 1,
  icon: 'triangles-centerline-dashed-horizontal',
  samples: ['picture', 'volume'],
  params: {},
  caution: () => 'mirrored',
  main: [],
  probability: 0.5,
  move: (placement) => placement.scale(1, -1),
})
