import type { BranchStep } from '../chain'
import type { Template } from './template'

/** Convolutions of 3 × 3 one behind another, then a pooling that halves the picture; an odd side is rounded up. */
function block(filters: number, layers: number): BranchStep[] {
  return [
    ...Array.from({ length: layers }, (): BranchStep => ['conv2d', { filters, padding: 'same' }]),
    ['max-pooling-2d', { padding: 'same' }],
  ]
}

/** Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014, column D. */
export const vggTemplate: Template = {
  name: 'vgg-16',
  group: 'known',
  section: 'results',
  steps: [
    ['input', { shape: [224, 224, 3] }],
    ...block(64, 2),
    ...block(128, 2),
    ...block(256, 3),
    ...block(512, 3),
    ...block(512, 3),
    ['flatten'],
    ['dense', { units: 4096 }],
    ['dropout'],
    ['dense', { units: 4096 }],
    ['dropout'],
    ['dense', { units: 1000, activation: 'softmax' }],
  ],
}
