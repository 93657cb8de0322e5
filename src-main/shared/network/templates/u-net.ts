import type { BranchStep } from '../chain'
import { square } from './parts'
import type { Template } from './template'

function twice(filters: number, mark?: string): BranchStep[] {
  const values = { filters, padding: 'same' }
  return [
    ['conv2d', values],
    ['conv2d', values, mark === undefined ? {} : { mark }],
  ]
}

/** Back to twice the size, and together with what stood there on the way down. */
function up(filters: number, from: string): BranchStep[] {
  return [
    [
      'transposed-conv2d',
      { filters, kernel: square(2), strides: square(2), activation: 'linear' },
      { mark: `up to ${from}` },
    ],
    ['concatenate', {}, { from: [from, `up to ${from}`] }],
    ...twice(filters),
  ]
}

/**
 * Ronneberger, Fischer and Brox, "U-Net: convolutional networks for biomedical image segmentation", 2015, with two
 * stages of its four, narrow. The original tells the class of each pixel; here the maps' means tell that of the picture.
 */
export const uNetTemplate: Template = {
  name: 'u-net',
  group: 'known',
  section: 'results',
  steps: [
    ['input', { shape: [32, 32, 3] }],
    ...twice(16, 'first'),
    ['max-pooling-2d'],
    ...twice(32, 'second'),
    ['max-pooling-2d'],
    ...twice(64),
    ...up(32, 'second'),
    ...up(16, 'first'),
    ['conv2d', { filters: 10, kernel: square(1), activation: 'linear' }],
    ['global-average-pooling-2d'],
    ['activation', { function: 'softmax' }],
  ],
}
