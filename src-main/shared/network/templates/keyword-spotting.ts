import { heard } from './parts'
import type { Template } from './template'

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
    ...heard(32, 80, 16),
    ...heard(32, 3, 1),
    ...heard(64, 3, 1),
    ...heard(64, 3, 1),
    ['global-average-pooling-1d'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
}
