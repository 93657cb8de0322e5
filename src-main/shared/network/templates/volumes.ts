import { readBy } from './parts'
import type { Template } from './template'

const cube = [3, 3, 3]

/** Two modules over three axes, as the article mentions them for films and scans; in the size of MedMNIST's volumes. */
export const volumeTemplate: Template = {
  name: 'volumes',
  group: 'article',
  section: 'structure',
  steps: [
    ['volume-input', { shape: [28, 28, 28, 1] }],
    ['conv3d', { filters: 8, kernel: cube }, { name: 'A' }],
    ['max-pooling-3d'],
    ['conv3d', { filters: 16, kernel: cube }, { name: 'B' }],
    ['max-pooling-3d'],
    ...readBy(64, 2),
  ],
}
