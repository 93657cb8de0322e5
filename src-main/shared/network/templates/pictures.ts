import type { BranchStep } from '../chain'
import { readBy, square } from './parts'
import type { Template } from './template'

const picture: BranchStep = ['input', { shape: [28, 28, 1] }]

const [units, classes] = [64, 10]

function module(name: 'A' | 'B'): BranchStep {
  return ['conv2d', { filters: 16, kernel: square(2) }, { name }]
}

/** The neurons of a group A, each drawn as a layer of its own over the same picture. */
const neurons = [1, 2, 3, 4].map((n): BranchStep => {
  return ['conv2d', { filters: 1, kernel: square(3) }, { name: `A${n}`, mark: `A${n}`, from: ['picture'] }]
})

const mlpconvA = { module: 'A', recipe: 'mlpconv' } as const

/** The article's networks over two axes, and what they are compared with. */
export const pictureTemplates: readonly Template[] = [
  {
    // No convolution at all: what the modules are to be compared with.
    name: 'dense-only',
    group: 'article',
    section: 'structure',
    steps: [['input'], ['flatten'], ['dense', { units: 128 }], ['dense', { units: 10, activation: 'softmax' }]],
  },
  {
    name: 'picture-one-layer',
    group: 'article',
    section: 'structure',
    steps: [picture, module('A'), ...readBy(units, classes)],
  },
  {
    name: 'picture-two-layers',
    group: 'article',
    section: 'structure',
    steps: [picture, module('A'), module('B'), ...readBy(units, classes)],
  },
  {
    name: 'picture-pooling',
    group: 'article',
    section: 'structure',
    steps: [picture, module('A'), ['max-pooling-2d'], module('B'), ...readBy(units, classes)],
  },
  {
    // The smallest of them that reads digits well: one module, pooled, and read by one dense layer.
    name: 'one-module',
    group: 'article',
    section: 'structure',
    steps: [
      ['input'],
      ['conv2d', { filters: 16, kernel: square(5) }],
      ['max-pooling-2d'],
      ['flatten'],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  },
  {
    name: 'picture-neurons',
    group: 'article',
    section: 'structure',
    steps: [
      ['input', { shape: [28, 28, 1] }, { mark: 'picture' }],
      ...neurons,
      ['concatenate', {}, { name: 'A', from: neurons.map((_neuron, n) => `A${n + 1}`) }],
      ...readBy(units, classes),
    ],
  },
  {
    name: 'picture-mlpconv',
    group: 'article',
    section: 'structure',
    steps: [
      picture,
      ['conv2d', { filters: 16, kernel: square(3) }, mlpconvA],
      ['conv2d', { filters: 16, kernel: square(1) }, mlpconvA],
      ['conv2d', { filters: 8, kernel: square(1) }, mlpconvA],
      ...readBy(units, classes),
    ],
  },
]
