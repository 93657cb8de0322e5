import { choice, real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { hideBox } from '../hide'
import { between } from '../random'

/** The smallest share that is erased, as in the paper. */
const smallest = 0.02

/**
 * A rectangle (of a volume a box) of random size, proportions and place is hidden: Zhong et al., "Random Erasing Data
 * Augmentation", 2017, whose proportions reach from 0.3 to 3.3.
 */
export default defineAugmentation({
  kind: 'erasing',
  group: 'hiding',
  order: 0,
  icon: 'eraser',
  samples: ['picture', 'volume'],
  params: {
    largest: real({ initial: 0.2, min: 0.02, max: 0.9, step: 0.02 }),
    cover: choice({ initial: 'noise', options: ['noise', 'mean'] }),
  },
  main: ['largest'],
  probability: 0.5,
  change: (sample, { largest, cover }, random) => {
    const share = between(random, smallest, largest)
    const { sizes } = sample
    // Stretches whose product is 1, so that the share stays what it is.
    const stretches = sizes.map(() => between(random, -0.5, 0.5) * Math.log(10 / 3))
    const middle = stretches.reduce((sum, stretch) => sum + stretch, 0) / sizes.length
    const box = sizes.map((size, axis) => {
      const wanted = share ** (1 / sizes.length) * Math.exp((stretches[axis] ?? 0) - middle) * size
      const length = Math.max(1, Math.min(size, Math.round(wanted)))
      return { from: Math.floor(between(random, 0, size - length + 1)), length }
    })
    hideBox(sample, box, cover === 'noise' ? random : undefined)
  },
})
