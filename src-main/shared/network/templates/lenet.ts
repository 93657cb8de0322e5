import type { Template } from './template'

/**
 * LeCun et al., "Gradient-based learning applied to document recognition", 1998, in the form that Caffe made known:
 * max-pooling for subsampling, ReLU and softmax for the original's tanh and RBF units; and with dropout, without which
 * five epochs end on either side of 99 %, seed by seed.
 */
export const lenetTemplate: Template = {
  name: 'lenet',
  group: 'known',
  section: 'introduction',
  steps: [
    ['input'],
    ['conv2d', { filters: 20, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['conv2d', { filters: 50, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 500 }],
    ['dropout', { rate: 0.5 }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
}
