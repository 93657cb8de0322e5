import type { BranchStep } from '../chain'
import { readBy } from './parts'
import type { Template } from './template'

/** A little sound, sample by sample, and whether somebody speaks in it: the article's first example. */
const sound: BranchStep = ['sequence-input', { shape: [1000, 1] }]

const [units, classes] = [64, 2]

function module(name: 'A' | 'B', window: number): BranchStep {
  return ['conv1d', { filters: 16, kernel: [window] }, { name }]
}

/** The article's networks over one axis, in the order in which it draws them. */
export const soundTemplates: readonly Template[] = [
  { name: 'audio-dense', group: 'article', section: 'structure', steps: [sound, ...readBy(units, classes)] },
  {
    name: 'audio-window-2',
    group: 'article',
    section: 'structure',
    steps: [sound, module('A', 2), ...readBy(units, classes)],
  },
  {
    name: 'audio-window-3',
    group: 'article',
    section: 'structure',
    steps: [sound, module('A', 3), ...readBy(units, classes)],
  },
  {
    name: 'audio-two-layers',
    group: 'article',
    section: 'structure',
    steps: [sound, module('A', 2), module('B', 2), ...readBy(units, classes)],
  },
  {
    name: 'audio-pooling',
    group: 'article',
    section: 'structure',
    steps: [sound, module('A', 2), ['max-pooling-1d'], module('B', 2), ...readBy(units, classes)],
  },
]
