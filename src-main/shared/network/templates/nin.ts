import type { BranchStep } from '../chain'
import { square } from './parts'
import type { Template } from './template'

/** A convolution and two of 1 × 1 behind it: a small dense network at every place, drawn as one. */
function inNetwork(module: string, window: number, filters: readonly number[]): BranchStep[] {
  return filters.map((count, n) => {
    const values = { filters: count, kernel: square(n === 0 ? window : 1), padding: 'same' }
    return ['conv2d', values, { module, recipe: 'mlpconv' }]
  })
}

/**
 * Lin et al., "Network in network", 2013, the network for CIFAR-10: the last of its convolutions gives a map for each
 * class, whose mean is the answer.
 */
export const ninTemplate: Template = {
  name: 'nin',
  group: 'known',
  section: 'structure',
  steps: [
    ['input', { shape: [32, 32, 3] }],
    ...inNetwork('mlpconv', 5, [192, 160, 96]),
    ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['dropout'],
    ...inNetwork('mlpconv 2', 5, [192, 192, 192]),
    ['average-pooling-2d', { window: [3, 3], padding: 'same' }],
    ['dropout'],
    ...inNetwork('mlpconv 3', 3, [192, 192, 10]),
    ['global-average-pooling-2d'],
    ['activation', { function: 'softmax' }],
  ],
}
