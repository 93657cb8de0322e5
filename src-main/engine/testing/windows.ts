import { chain, type ChainStep } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'

interface Stack {
  readonly shape: readonly number[]
  readonly layers: readonly ChainStep[]
}

/** Layers with windows over one, two and three axes, with edges that do not come out even, and groups of one channel and of several. */
const stacks: Record<string, Stack> = {
  'a sequence': {
    shape: [41, 2],
    layers: [
      ['conv1d', { filters: 6, kernel: [5], strides: [2], padding: 'same', activation: 'tanh' }],
      ['max-pooling-1d', { window: [3], strides: [2], padding: 'valid' }],
      ['conv1d', { filters: 9, kernel: [3], groups: 3, activation: 'elu' }],
      ['average-pooling-1d', { window: [3], strides: [2], padding: 'same' }],
      ['global-average-pooling-1d'],
    ],
  },
  'a sequence, the largest of all': {
    shape: [30, 1],
    layers: [
      ['average-pooling-1d', { window: [2], strides: [2] }],
      ['conv1d', { filters: 5, kernel: [4], activation: 'softplus' }],
      ['max-pooling-1d', { window: [2], strides: [1], padding: 'same' }],
      ['global-max-pooling-1d'],
    ],
  },
  'a picture in groups': {
    shape: [11, 9, 4],
    layers: [
      ['conv2d', { filters: 8, kernel: [3, 3], padding: 'same', groups: 2, activation: 'tanh' }],
      ['average-pooling-2d', { window: [3, 2], strides: [2, 2], padding: 'same' }],
      ['conv2d', { filters: 8, kernel: [3, 2], groups: 8, bias: false, activation: 'selu' }],
      ['conv2d', { filters: 6, kernel: [2, 2], strides: [2, 1], groups: 2, padding: 'same', activation: 'tanh' }],
      ['global-average-pooling-2d'],
    ],
  },
  'a picture, the largest of all': {
    shape: [9, 8, 3],
    layers: [
      ['conv2d', { filters: 6, groups: 3, activation: 'elu' }],
      ['average-pooling-2d', { window: [2, 2], strides: [1, 2] }],
      ['global-max-pooling-2d'],
    ],
  },
  'a volume': {
    shape: [7, 8, 6, 2],
    layers: [
      ['conv3d', { filters: 4, kernel: [3, 3, 2], strides: [1, 2, 1], padding: 'same', activation: 'tanh' }],
      ['max-pooling-3d', { window: [2, 2, 2], strides: [2, 1, 2], padding: 'same' }],
      ['conv3d', { filters: 6, kernel: [2, 2, 2], groups: 2, activation: 'elu' }],
      ['average-pooling-3d', { window: [2, 2, 2], strides: [2, 2, 1], padding: 'same' }],
      ['global-average-pooling-3d'],
    ],
  },
  'a volume, the largest of all': {
    shape: [6, 6, 6, 1],
    layers: [
      ['average-pooling-3d', { window: [1, 2, 2], strides: [1, 1, 2] }],
      ['conv3d', { filters: 3, kernel: [3, 2, 1], activation: 'softplus' }],
      ['max-pooling-3d', { window: [2, 2, 1], strides: [1, 1, 1] }],
      ['global-max-pooling-3d'],
    ],
  },
  'long windows over a sequence, with strides': {
    shape: [203, 2],
    layers: [
      ['conv1d', { filters: 5, kernel: [17], strides: [4], padding: 'same', activation: 'tanh' }],
      ['conv1d', { filters: 4, kernel: [15], strides: [2], bias: false, activation: 'elu' }],
      ['conv1d', { filters: 4, kernel: [16], strides: [2], padding: 'same', activation: 'tanh' }],
      ['global-average-pooling-1d'],
    ],
  },
  'windows of one place over a sequence': {
    shape: [13, 3],
    layers: [
      ['conv1d', { filters: 5, kernel: [1], activation: 'tanh' }],
      ['conv1d', { filters: 4, kernel: [3], activation: 'tanh' }],
      ['conv1d', { filters: 4, kernel: [1], bias: false, activation: 'softmax' }],
      ['global-average-pooling-1d'],
    ],
  },
  'windows of one place over a picture, beside such with strides and with groups': {
    shape: [7, 6, 4],
    layers: [
      ['conv2d', { filters: 6, kernel: [1, 1], padding: 'same', activation: 'elu' }],
      ['conv2d', { filters: 6, kernel: [1, 1], groups: 2, activation: 'tanh' }],
      ['conv2d', { filters: 5, kernel: [1, 1], strides: [2, 1], activation: 'linear' }],
      ['conv2d', { filters: 4, kernel: [1, 1], activation: 'tanh' }],
      ['global-average-pooling-2d'],
    ],
  },
  'windows of one place over a volume': {
    shape: [4, 3, 5, 2],
    layers: [
      ['conv3d', { filters: 4, kernel: [1, 1, 1], activation: 'tanh' }],
      ['conv3d', { filters: 3, kernel: [1, 1, 1], bias: false, activation: 'elu' }],
      ['global-average-pooling-3d'],
    ],
  },
}

const inputKinds = ['sequence-input', 'input', 'volume-input']

/** A network for samples of a shape and three classes. */
export interface WindowNetwork {
  readonly network: NetworkDocument
  readonly shape: number[]
}

/** Networks of such layers that end in one dense layer, by what they are given. */
export const windowNetworks: Readonly<Record<string, WindowNetwork>> = Object.fromEntries(
  Object.entries(stacks).map(([name, { shape, layers }]) => {
    const input: ChainStep = [inputKinds[shape.length - 2] ?? '', { shape: [...shape] }]
    const network = chain(input, ...layers, ['dense', { units: 3, activation: 'softmax' }])
    return [name, { network, shape: [...shape] }]
  }),
)
