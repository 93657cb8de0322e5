import type { BranchStep } from '../chain'
import { usualWeights } from '../mend'
import { square } from './parts'
import type { Template } from './template'

/** How many filters the four branches of a module have; of the windows, those in front of them and their own. */
interface Filters {
  readonly one: number
  readonly three: readonly [number, number]
  readonly five: readonly [number, number]
  readonly pooled: number
}

/** The module of the paper (its figure 2b): windows of three sizes and pooling look at the same place side by side. */
function inception(name: string, from: string, { one, three, five, pooled }: Filters): BranchStep[] {
  const point = (filters: number) => ({ filters, kernel: square(1) })
  const branch = (part: string) => ({ mark: `${name}-${part}` })
  return [
    ['conv2d', point(one), { from: [from], ...branch('one') }],
    ['conv2d', point(three[0]), { from: [from] }],
    ['conv2d', { filters: three[1], kernel: square(3), padding: 'same' }, branch('three')],
    ['conv2d', point(five[0]), { from: [from] }],
    ['conv2d', { filters: five[1], kernel: square(5), padding: 'same' }, branch('five')],
    ['max-pooling-2d', { window: square(3), strides: square(1), padding: 'same' }, { from: [from] }],
    ['conv2d', point(pooled), branch('pooled')],
    [
      'concatenate',
      {},
      {
        from: ['one', 'three', 'five', 'pooled'].map((part) => `${name}-${part}`),
        mark: name,
        name: `Inception ${name}`,
      },
    ],
  ]
}

/**
 * Szegedy et al., "Going deeper with convolutions", 2015, cut down to small pictures: two of its nine modules, with one
 * of its two auxiliary classifiers between them, narrower and with the paper's weight.
 */
export const inceptionTemplate: Template = {
  name: 'inception',
  group: 'known',
  section: 'results',
  steps: [
    ['input', { shape: [32, 32, 3] }],
    ['conv2d', { filters: 32, padding: 'same' }],
    ['max-pooling-2d', { window: square(3), strides: square(2), padding: 'same' }, { mark: 'stem' }],
    ...inception('A', 'stem', { one: 16, three: [24, 32], five: [4, 8], pooled: 8 }),
    ['max-pooling-2d', { window: square(3), strides: square(2), padding: 'same' }, { mark: 'halved' }],
    ...inception('B', 'halved', { one: 32, three: [32, 64], five: [8, 16], pooled: 16 }),
    ['global-average-pooling-2d'],
    ['dropout', { rate: 0.4 }],
    ['dense', { units: 10, activation: 'softmax' }],
    ['average-pooling-2d', { window: square(5), strides: square(3) }, { from: ['A'] }],
    ['conv2d', { filters: 32, kernel: square(1) }],
    ['flatten'],
    ['dense', { units: 64 }],
    ['dropout', { rate: 0.7 }],
    [
      'dense',
      { units: 10, activation: 'softmax' },
      { name: 'Auxiliary', output: { loss: 'classes', weight: usualWeights.classes } },
    ],
  ],
}
