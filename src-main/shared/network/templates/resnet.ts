import type { BranchStep } from '../chain'
import { convolved, square } from './parts'
import type { Template } from './template'

/** Residual blocks of two convolutions each, `start` in front of the first; the last one's end is `stage-<filters>`. */
function stage(filters: number, blocks: number, start: string, stride: number): BranchStep[] {
  return Array.from({ length: blocks }, (_unused, n) => {
    const into = n === 0 ? start : `block-${filters}-${n}`
    const end = n === blocks - 1 ? `stage-${filters}` : `block-${filters}-${n + 1}`
    return residualBlock(filters, into, end, n === 0 ? stride : 1)
  }).flat()
}

/** Where the picture is halved, the way round is a 1 × 1 convolution with batch normalization (the paper's option B). */
function residualBlock(filters: number, into: string, end: string, stride: number): BranchStep[] {
  const [through, around] = [`${end}-through`, `${end}-around`]
  const shortcut = stride === 1 ? [] : convolved(filters, 1, stride, { from: [into], mark: around })
  return [
    ...convolved(filters, 3, stride, { from: [into] }),
    ['activation', { function: 'relu' }],
    ...convolved(filters, 3, 1, { mark: through }),
    ...shortcut,
    ['add', {}, { from: [through, stride === 1 ? into : around] }],
    ['activation', { function: 'relu' }, { mark: end }],
  ]
}

/** He et al., "Deep residual learning for image recognition", 2015: section 4.2 with n = 3, and table 1. */
export const resnetTemplates: readonly Template[] = [
  {
    name: 'resnet-20',
    group: 'known',
    section: 'results',
    steps: [
      ['input', { shape: [32, 32, 3] }],
      ...convolved(16, 3, 1),
      ['activation', { function: 'relu' }, { mark: 'start' }],
      ...stage(16, 3, 'start', 1),
      ...stage(32, 3, 'stage-16', 2),
      ...stage(64, 3, 'stage-32', 2),
      ['global-average-pooling-2d'],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  },
  {
    name: 'resnet-18',
    group: 'known',
    section: 'results',
    steps: [
      ['input', { shape: [224, 224, 3] }],
      ...convolved(64, 7, 2),
      ['activation', { function: 'relu' }],
      ['max-pooling-2d', { window: square(3), padding: 'same' }, { mark: 'start' }],
      ...stage(64, 2, 'start', 1),
      ...stage(128, 2, 'stage-64', 2),
      ...stage(256, 2, 'stage-128', 2),
      ...stage(512, 2, 'stage-256', 2),
      ['global-average-pooling-2d'],
      ['dense', { units: 1000, activation: 'softmax' }],
    ],
  },
]
