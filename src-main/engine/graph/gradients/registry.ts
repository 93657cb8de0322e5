import { arrangementGradients } from './arrangement'
import { convolutionGradients } from './convolution'
import type { GradientRule } from './define'
import { elementwiseGradients } from './elementwise'
import { linearGradients } from './linear'
import { lossGradients } from './loss'
import { normalizationGradients } from './normalization'
import { poolingGradients } from './pooling'

/** The gradient rule of every operation that a network may lower to. */
export const gradientRules: ReadonlyMap<string, GradientRule> = new Map(
  Object.entries({
    ...arrangementGradients,
    ...convolutionGradients,
    ...elementwiseGradients,
    ...linearGradients,
    ...lossGradients,
    ...normalizationGradients,
    ...poolingGradients,
  }),
)
