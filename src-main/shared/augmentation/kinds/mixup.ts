import { real } from '../../layers/params'
import { defineAugmentation } from '../define'
import { symmetricBeta } from '../random'

/**
 * Each sample and its label are mixed with those of another one of its batch: Zhang et al., "mixup: Beyond Empirical
 * Risk Minimization", 2017. The share is drawn from Beta(α, α).
 */
export default defineAugmentation({
  kind: 'mixup',
  group: 'mixing',
  order: 0,
  icon: 'blend',
  samples: ['sound', 'picture', 'volume'],
  params: { alpha: real({ initial: 0.2, min: 0.01, max: 8, step: 0.1 }) },
  main: ['alpha'],
  probability: 1,
  mix: ({ alpha }, random) => symmetricBeta(random, alpha),
})
