import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { between } from '../random'

const radian = Math.PI / 180

/** Rows, or columns, slide along each other. */
export default defineAugmentation({
  kind: 'shear',
  group: 'geometry',
  order: 12,
  icon: 'square-slash',
  samples: ['picture'],
  params: {
    horizontal: real({ initial: 10, min: 0, max: 60, step: 1, unit: '°' }),
    vertical: real({ initial: 0, min: 0, max: 60, step: 1, unit: '°' }),
  },
  main: ['horizontal'],
  probability: 1,
  move: (placement, { horizontal, vertical }, random) => {
    placement.shear(0, 1, Math.tan(between(random, -horizontal, horizontal) * radian))
    placement.shear(1, 0, Math.tan(between(random, -vertical, vertical) * radian))
  },
})
