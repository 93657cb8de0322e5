import type { BranchStep } from '../chain'
import { convolved, normalization, square } from './parts'
import type { Template } from './template'

const active: BranchStep = ['activation', { function: 'relu' }]

/** A separable convolution: a window for each channel by itself, then all channels at each place. */
function separable(filters: number, stride: 1 | 2): BranchStep[] {
  const apart = { kernel: square(3), strides: square(stride), padding: 'same', activation: 'linear', bias: false }
  return [
    ['depthwise-conv2d', apart],
    ['batch-normalization', normalization],
    active,
    ...convolved(filters, 1, 1),
    active,
  ]
}

/** Howard et al., "MobileNets: efficient convolutional neural networks for mobile vision applications", 2017, table 1. */
export const mobilenetTemplate: Template = {
  name: 'mobilenet',
  group: 'known',
  section: 'structure',
  steps: [
    ['input', { shape: [224, 224, 3] }],
    ...convolved(32, 3, 2),
    active,
    ...separable(64, 1),
    ...separable(128, 2),
    ...separable(128, 1),
    ...separable(256, 2),
    ...separable(256, 1),
    ...separable(512, 2),
    ...Array.from({ length: 5 }, () => separable(512, 1)).flat(),
    ...separable(1024, 2),
    ...separable(1024, 1),
    ['global-average-pooling-2d'],
    ['dense', { units: 1000, activation: 'softmax' }],
  ],
}
