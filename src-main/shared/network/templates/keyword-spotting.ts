import type { BranchStep } from '../chain'
import { normalization } from './parts'
import type { Template } from './template'

function block(filters: number, window: number, stride: number): BranchStep[] {
  return [
    ['conv1d', { filters, kernel: [window], strides: [stride], padding: 'same', activation: 'linear' }],
    ['batch-normalization', normalization],
    ['activation', { function: 'relu' }],
    ['max-pooling-1d', { window: [4], strides: [4], padding: 'same' }],
  ]
}

/**
 * Dai et al., "Very deep convolutional neural networks for raw waveforms", 2016: their M5, a quarter as wide, for one
 * second of sound at 8 kHz and ten words.
 */
export const keywordSpottingTemplate: Template = {
  name: 'keyword-spotting',
  group: 'known',
  section: 'introduction',
  steps: [
    ['sequence-input', { shape: [8000, 1] }],
    ...block(32, 80, 16),
    ...block(32, 3, 1),
    ...block(64, 3, 1),
    ...block(64, 3, 1),
    ['global-average-pooling-1d'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
}
