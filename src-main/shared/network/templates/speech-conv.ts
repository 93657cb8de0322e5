import { heard } from './parts'
import type { Template } from './template'

/**
 * The article's question, whether a person is speaking, at full length: one second of raw sound at 8 kHz. Dai et al.,
 * "Very deep convolutional neural networks for raw waveforms", 2016: their M5, a quarter as wide, and dropout for want of
 * clips.
 */
export const speechConvTemplate: Template = {
  name: 'speech-conv',
  group: 'known',
  section: 'structure',
  steps: [
    ['sequence-input', { shape: [8000, 1] }],
    ...heard(32, 80, 8),
    ...heard(32, 3, 1),
    ...heard(64, 3, 1),
    ...heard(64, 3, 1),
    ['global-average-pooling-1d'],
    ['dropout', { rate: 0.5 }],
    ['dense', { units: 2, activation: 'softmax' }],
  ],
}
