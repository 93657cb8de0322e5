import type { BranchStep } from '../chain'
import { square } from './parts'
import type { Template } from './template'

/**
 * Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012. Pictures
 * are of 227 × 227: with the 224 that the paper names, its own sizes of layers do not come out.
 */
const picture: BranchStep = ['input', { shape: [227, 227, 3] }, { mark: 'picture' }]

const pooled: BranchStep = ['max-pooling-2d', { window: square(3) }]

function convolution(filters: number, side: number, groups: number): BranchStep {
  return ['conv2d', { filters, kernel: square(side), padding: 'same', groups }]
}

const head: readonly BranchStep[] = [
  ['flatten'],
  ['dense', { units: 4096 }],
  ['dropout'],
  ['dense', { units: 4096 }],
  ['dropout'],
  ['dense', { units: 1000, activation: 'softmax' }],
]

/** The network as one chain; in two groups a layer's towers do not see each other, but for the third layer's. */
function chained(groups: 1 | 2, behindLastPooling: readonly BranchStep[] = []): BranchStep[] {
  return [
    picture,
    ['conv2d', { filters: 96, kernel: square(11), strides: square(4) }],
    ['local-response-normalization'],
    pooled,
    convolution(256, 5, groups),
    ['local-response-normalization'],
    pooled,
    convolution(384, 3, 1),
    convolution(384, 3, groups),
    convolution(256, 3, groups),
    pooled,
    ...behindLastPooling,
    ...head,
  ]
}

const towers = ['a', 'b'] as const
type Tower = (typeof towers)[number]

/** A stretch of both towers, and the layer in which they meet behind it. */
function inBoth(stretch: (tower: Tower) => readonly BranchStep[], meeting: string): BranchStep[] {
  const ends = towers.map((tower) => `${tower}-${meeting}`)
  const layers = towers.flatMap((tower, n): BranchStep[] => {
    const own = stretch(tower)
    return own.map(([kind, values = {}, wires = {}], place) => {
      const end = place === own.length - 1 ? { mark: ends[n] ?? '' } : {}
      return [kind, values, { ...wires, ...end }]
    })
  })
  return [...layers, ['concatenate', {}, { from: ends, mark: meeting }]]
}

/** The two towers drawn apart, as they lay on two graphics cards, with wires between them only where the paper has some. */
const twoTowers: readonly BranchStep[] = [
  picture,
  ...inBoth(
    (tower) => [
      [
        'conv2d',
        { filters: 48, kernel: square(11), strides: square(4) },
        { from: ['picture'], name: `Conv 1 ${tower}` },
      ],
      ['local-response-normalization'],
      pooled,
      ['conv2d', { filters: 128, kernel: square(5), padding: 'same' }, { name: `Conv 2 ${tower}` }],
      ['local-response-normalization'],
      pooled,
    ],
    'second',
  ),
  ...inBoth(
    (tower) => [
      ['conv2d', { filters: 192, padding: 'same' }, { from: ['second'], name: `Conv 3 ${tower}` }],
      ['conv2d', { filters: 192, padding: 'same' }, { name: `Conv 4 ${tower}` }],
      ['conv2d', { filters: 128, padding: 'same' }, { name: `Conv 5 ${tower}` }],
      pooled,
    ],
    'fifth',
  ),
  ['flatten', {}, { mark: 'flat' }],
  ...inBoth(
    (tower) => [['dense', { units: 2048 }, { from: ['flat'], name: `Dense 6 ${tower}` }], ['dropout']],
    'sixth',
  ),
  ...inBoth(
    (tower) => [['dense', { units: 2048 }, { from: ['sixth'], name: `Dense 7 ${tower}` }], ['dropout']],
    'seventh',
  ),
  ['dense', { units: 1000, activation: 'softmax' }, { name: 'Dense 8' }],
]

/** The network of 2012 in its forms. */
export const alexnetTemplates: readonly Template[] = [
  { name: 'alexnet', group: 'article', section: 'results', steps: chained(2) },
  { name: 'alexnet-towers', group: 'article', section: 'results', steps: twoTowers },
  { name: 'alexnet-one-tower', group: 'article', section: 'results', steps: chained(1) },
  {
    // The paper tells of further layers behind the last pooling, but not of their sizes: these are the fifth layer's.
    name: 'alexnet-seven',
    group: 'article',
    section: 'results',
    steps: chained(2, [convolution(256, 3, 2), convolution(256, 3, 2)]),
  },
  {
    // In its order of layers, groups included, narrowed for small pictures.
    name: 'alexnet-mini',
    group: 'article',
    section: 'results',
    steps: [
      ['input', { shape: [32, 32, 3] }],
      ['conv2d', { filters: 64, kernel: [5, 5], padding: 'same' }],
      ['local-response-normalization'],
      ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
      ['conv2d', { filters: 128, kernel: [5, 5], padding: 'same', groups: 2 }],
      ['local-response-normalization'],
      ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
      ['conv2d', { filters: 192, padding: 'same' }],
      ['conv2d', { filters: 192, padding: 'same', groups: 2 }],
      ['conv2d', { filters: 128, padding: 'same', groups: 2 }],
      ['max-pooling-2d', { window: [3, 3], padding: 'same' }],
      ['flatten'],
      ['dense', { units: 512 }],
      ['dropout'],
      ['dense', { units: 512 }],
      ['dropout'],
      ['dense', { units: 10, activation: 'softmax' }],
    ],
  },
]
