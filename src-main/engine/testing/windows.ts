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
  'a sequence with dilation': {
    shape: [37, 2],
    layers: [
      ['conv1d', { filters: 4, kernel: [2], dilation: [3], padding: 'same', activation: 'tanh' }],
      ['conv1d', { filters: 6, kernel: [3], dilation: [8], groups: 2, activation: 'elu' }],
      ['global-average-pooling-1d'],
    ],
  },
  'a picture with dilation': {
    shape: [11, 10, 3],
    layers: [
      ['conv2d', { filters: 6, kernel: [3, 2], dilation: [2, 3], padding: 'same', activation: 'tanh' }],
      ['conv2d', { filters: 4, kernel: [2, 3], dilation: [1, 2], groups: 2, activation: 'elu', bias: false }],
      ['global-average-pooling-2d'],
    ],
  },
  'a volume with dilation': {
    shape: [5, 7, 6, 2],
    layers: [
      ['conv3d', { filters: 4, kernel: [2, 2, 2], dilation: [2, 3, 1], activation: 'tanh' }],
      ['conv3d', { filters: 4, kernel: [3, 2, 2], dilation: [2, 2, 2], padding: 'same', groups: 2, activation: 'elu' }],
      ['global-average-pooling-3d'],
    ],
  },
  'kernels for each channel by itself': {
    shape: [11, 10, 3],
    layers: [
      ['depthwise-conv2d', { kernel: [3, 2], multiplier: 2, padding: 'same', activation: 'tanh' }],
      ['depthwise-conv2d', { kernel: [3, 3], strides: [2, 2], padding: 'same', bias: false, activation: 'elu' }],
      ['depthwise-conv2d', { kernel: [2, 2], dilation: [1, 3], activation: 'tanh' }],
      ['global-average-pooling-2d'],
    ],
  },
  'channels first apart, then mixed': {
    shape: [11, 10, 3],
    layers: [
      ['separable-conv2d', { filters: 5, kernel: [3, 2], padding: 'same', activation: 'tanh' }],
      ['separable-conv2d', { filters: 4, kernel: [3, 3], strides: [2, 2], bias: false, activation: 'elu' }],
      ['separable-conv2d', { filters: 6, kernel: [2, 2], dilation: [3, 2], padding: 'same', activation: 'tanh' }],
      ['global-average-pooling-2d'],
    ],
  },
  'a transposed convolution': {
    shape: [4, 5, 3],
    layers: [
      ['transposed-conv2d', { filters: 5, kernel: [3, 4], padding: 'same', activation: 'tanh' }],
      ['transposed-conv2d', { filters: 4, kernel: [2, 3], strides: [3, 1], bias: false, activation: 'elu' }],
      ['transposed-conv2d', { filters: 3, kernel: [2, 2], strides: [1, 1], dilation: [2, 3], activation: 'tanh' }],
      ['average-pooling-2d', { window: [3, 3], strides: [3, 3] }],
      ['flatten'],
    ],
  },
  'channels of a sequence apart, and mixed': {
    shape: [41, 3],
    layers: [
      ['depthwise-conv1d', { kernel: [5], multiplier: 2, padding: 'same', activation: 'tanh' }],
      ['depthwise-conv1d', { kernel: [4], strides: [3], padding: 'same', bias: false, activation: 'elu' }],
      ['separable-conv1d', { filters: 5, kernel: [3], strides: [2], padding: 'same', activation: 'tanh' }],
      ['separable-conv1d', { filters: 4, kernel: [2], bias: false, activation: 'elu' }],
      ['global-average-pooling-1d'],
    ],
  },
  'channels of a sequence apart, and mixed, with dilation': {
    shape: [37, 3],
    layers: [
      ['depthwise-conv1d', { kernel: [3], dilation: [4], multiplier: 2, activation: 'tanh' }],
      ['separable-conv1d', { filters: 4, kernel: [3], dilation: [2], padding: 'same', activation: 'tanh' }],
      ['global-average-pooling-1d'],
    ],
  },
  'a transposed convolution of sequences': {
    shape: [7, 3],
    layers: [
      ['transposed-conv1d', { filters: 5, kernel: [4], padding: 'same', activation: 'tanh' }],
      ['transposed-conv1d', { filters: 4, kernel: [2], strides: [3], bias: false, activation: 'elu' }],
      ['transposed-conv1d', { filters: 3, kernel: [3], strides: [1], dilation: [2], activation: 'tanh' }],
      ['global-average-pooling-1d'],
    ],
  },
  'a transposed convolution of volumes': {
    shape: [2, 3, 2, 3],
    layers: [
      ['transposed-conv3d', { filters: 4, kernel: [2, 3, 2], strides: [1, 1, 2], padding: 'same', activation: 'tanh' }],
      ['transposed-conv3d', { filters: 3, kernel: [1, 2, 3], strides: [1, 2, 1], bias: false, activation: 'elu' }],
      [
        'transposed-conv3d',
        { filters: 2, kernel: [2, 2, 2], strides: [1, 1, 1], dilation: [2, 1, 1], activation: 'tanh' },
      ],
      ['global-average-pooling-3d'],
    ],
  },
  'a transposed convolution of volumes of one place with one filter': {
    shape: [2, 3, 1, 2],
    layers: [
      ['transposed-conv3d', { filters: 1, kernel: [1, 2, 3], strides: [1, 1, 3], activation: 'tanh' }],
      ['conv3d', { filters: 3, kernel: [2, 2, 2], activation: 'tanh' }],
      ['global-average-pooling-3d'],
    ],
  },
  'first weights and penalties of all kinds': {
    shape: [9, 8, 3],
    layers: [
      ['conv2d', { filters: 4, activation: 'tanh', initializer: 'heNormal', regularizer: 'l2', penalty: 0.02 }],
      [
        'conv2d',
        { filters: 4, kernel: [1, 1], activation: 'tanh', initializer: 'heUniform', regularizer: 'l1', penalty: 0.004 },
      ],
      [
        'separable-conv2d',
        { filters: 4, activation: 'elu', initializer: 'leCunNormal', regularizer: 'l1', penalty: 0.01 },
      ],
      ['depthwise-conv2d', { kernel: [2, 2], activation: 'tanh', regularizer: 'l2', penalty: 0.01 }],
      [
        'transposed-conv2d',
        { filters: 4, activation: 'tanh', initializer: 'randomNormal', regularizer: 'l2', penalty: 0.05 },
      ],
      ['flatten'],
      ['dense', { units: 6, activation: 'tanh', initializer: 'heNormal', regularizer: 'l1', penalty: 0.003 }],
    ],
  },
  'penalties over sequences': {
    shape: [43, 2],
    layers: [
      ['conv1d', { filters: 4, kernel: [17], strides: [4], activation: 'tanh', regularizer: 'l2', penalty: 0.02 }],
      [
        'conv1d',
        { filters: 4, kernel: [2], groups: 2, dilation: [2], activation: 'tanh', regularizer: 'l1', penalty: 0.01 },
      ],
      ['global-average-pooling-1d'],
    ],
  },
}

/** Layers that no LayersModel can hold. */
const ownStacks: Record<string, Stack> = {
  'a picture that is blended larger': {
    shape: [4, 5, 2],
    layers: [
      ['conv2d', { filters: 3, kernel: [2, 2], activation: 'tanh' }],
      ['up-sampling-2d', { factor: [2, 3], interpolation: 'bilinear' }],
      ['conv2d', { filters: 3, kernel: [2, 2], activation: 'tanh' }],
      ['global-average-pooling-2d'],
    ],
  },
  'a sequence with weights at each place': {
    shape: [23, 2],
    layers: [
      ['locally-connected-1d', { filters: 4, kernel: [3], strides: [2], padding: 'same', activation: 'tanh' }],
      [
        'locally-connected-1d',
        { filters: 3, kernel: [4], bias: false, activation: 'elu', regularizer: 'l2', penalty: 0.02 },
      ],
      ['flatten'],
    ],
  },
  'a picture with weights at each place': {
    shape: [7, 8, 2],
    layers: [
      ['locally-connected-2d', { filters: 4, kernel: [3, 2], strides: [2, 1], padding: 'same', activation: 'tanh' }],
      ['locally-connected-2d', { filters: 3, kernel: [2, 3], bias: false, activation: 'elu' }],
      ['global-average-pooling-2d'],
    ],
  },
}

const inputKinds = ['sequence-input', 'input', 'volume-input']

/** A network for samples of a shape and three classes. */
export interface WindowNetwork {
  readonly network: NetworkDocument
  readonly shape: number[]
}

function networksOf(all: Readonly<Record<string, Stack>>): Readonly<Record<string, WindowNetwork>> {
  return Object.fromEntries(
    Object.entries(all).map(([name, { shape, layers }]) => {
      const input: ChainStep = [inputKinds[shape.length - 2] ?? '', { shape: [...shape] }]
      const network = chain(input, ...layers, ['dense', { units: 3, activation: 'softmax' }])
      return [name, { network, shape: [...shape] }]
    }),
  )
}

/** Networks of such layers that end in one dense layer, by what they are given. */
export const windowNetworks = networksOf(stacks)

/** Such networks that no LayersModel can hold. */
export const ownWindowNetworks = networksOf(ownStacks)
