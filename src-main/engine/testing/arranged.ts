import { branches, chain, type ChainStep } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import type { SmallNetwork } from './branched'

const head = [['flatten'], ['dense', { units: 3, activation: 'softmax' }]] as const
const sequence: ChainStep = ['sequence-input', { shape: [12, 3] }]
const picture: ChainStep = ['input', { shape: [6, 7, 2] }]
const volume: ChainStep = ['volume-input', { shape: [3, 4, 5, 2] }]
const small = { sequence: [12, 3], picture: [6, 7, 2], volume: [3, 4, 5, 2] }

/** Networks of three classes in which one layer after another comes to its turn, with the shape of their samples. */
export const arrangedNetworks: Readonly<Record<string, SmallNetwork>> = {
  'functions that layers carry': {
    shape: small.picture,
    network: chain(
      picture,
      ['conv2d', { filters: 5, activation: 'gelu' }],
      ['conv2d', { filters: 5, activation: 'swish', padding: 'same' }],
      ['flatten'],
      ['dense', { units: 9, activation: 'mish' }],
      ['dense', { units: 9, activation: 'relu6' }],
      ['dense', { units: 3, activation: 'softmax' }],
    ),
  },
  'functions with a parameter': {
    shape: small.picture,
    network: chain(
      picture,
      ['conv2d', { filters: 5, activation: 'linear' }],
      ['activation', { function: 'leakyRelu', slope: 0.3 }],
      ['conv2d', { filters: 5, activation: 'linear' }],
      ['activation', { function: 'elu', alpha: 0.4 }],
      ...head,
    ),
  },
  'learned slopes of channels and of values': {
    shape: small.picture,
    network: chain(
      picture,
      ['conv2d', { filters: 4, activation: 'linear' }],
      ['prelu', { first: 0.2 }],
      ['flatten'],
      ['dense', { units: 8, activation: 'linear' }],
      ['prelu', { perChannel: false, first: 0 }],
      ['dense', { units: 3, activation: 'softmax' }],
    ),
  },
  'learned slopes of sequences': { shape: small.sequence, network: chain(sequence, ['prelu'], ...head) },
  'products, means and maxima': {
    shape: small.picture,
    network: branches(
      ['input', { shape: [6, 7, 2] }, { mark: 'input' }],
      ['conv2d', { filters: 4, kernel: [1, 1], activation: 'tanh' }, { mark: 'one' }],
      ['conv2d', { filters: 4, padding: 'same', activation: 'sigmoid' }, { mark: 'other', from: ['input'] }],
      ['multiply', {}, { from: ['one', 'other', 'one'], mark: 'product' }],
      ['average', {}, { from: ['product', 'one', 'other'], mark: 'mean' }],
      ['maximum', {}, { from: ['mean', 'one', 'product'] }],
      ...head,
    ),
  },
  'dot products of sequences': {
    shape: small.sequence,
    network: branches(
      ['sequence-input', { shape: [12, 3] }, { mark: 'input' }],
      ['conv1d', { filters: 4, kernel: [3], activation: 'tanh' }, { mark: 'one' }],
      ['conv1d', { filters: 4, kernel: [5], activation: 'tanh' }, { mark: 'other', from: ['input'] }],
      ['dot', {}, { from: ['one', 'other'] }],
      ...head,
    ),
  },
  'dot products of rows': {
    shape: small.sequence,
    network: branches(
      sequence,
      ['flatten', {}, { mark: 'input' }],
      ['dense', { units: 6, activation: 'tanh' }, { mark: 'one' }],
      ['dense', { units: 6, activation: 'tanh' }, { mark: 'other', from: ['input'] }],
      ['dot', {}, { from: ['one', 'other'] }],
      ['dense', { units: 3, activation: 'softmax' }],
    ),
  },
  'a sequence that is padded, enlarged, cut and turned': {
    shape: small.sequence,
    network: chain(
      sequence,
      ['conv1d', { filters: 4, kernel: [3], activation: 'tanh' }],
      ['zero-padding-1d', { before: [2], behind: [1] }],
      ['up-sampling-1d', { factor: [3] }],
      ['cropping-1d', { before: [1], behind: [4] }],
      ['permute', { form: 'sequence', sequence: [2, 1] }],
      ['conv1d', { filters: 3, kernel: [2], activation: 'tanh' }],
      ...head,
    ),
  },
  'a picture that is padded, enlarged, cut and turned': {
    shape: small.picture,
    network: chain(
      picture,
      ['conv2d', { filters: 3, activation: 'tanh' }],
      ['zero-padding-2d', { before: [2, 0], behind: [1, 3] }],
      ['up-sampling-2d', { factor: [2, 3] }],
      ['cropping-2d', { before: [1, 0], behind: [3, 5] }],
      ['permute', { form: 'picture', picture: [3, 1, 2] }],
      ['conv2d', { filters: 3, kernel: [2, 2], activation: 'tanh' }],
      ...head,
    ),
  },
  'a volume that is padded, enlarged, cut and turned': {
    shape: small.volume,
    network: chain(
      volume,
      ['conv3d', { filters: 2, kernel: [2, 2, 2], activation: 'tanh' }],
      ['zero-padding-3d', { before: [1, 0, 2], behind: [0, 1, 1] }],
      ['up-sampling-3d', { factor: [2, 1, 3] }],
      ['cropping-3d', { before: [1, 0, 4], behind: [2, 1, 0] }],
      ['permute', { form: 'volume', volume: [2, 4, 1, 3] }],
      ['conv3d', { filters: 2, kernel: [2, 2, 2], activation: 'tanh' }],
      ...head,
    ),
  },
  'a row that becomes a sequence, a picture and a volume': {
    shape: small.sequence,
    network: chain(
      sequence,
      ['flatten'],
      ['dense', { units: 24, activation: 'tanh' }],
      ['reshape', { form: 'sequence', sequence: [12, 2] }],
      ['conv1d', { filters: 2, kernel: [1], activation: 'tanh' }],
      ['reshape', { form: 'picture', picture: [3, 4, 2] }],
      ['conv2d', { filters: 4, kernel: [2, 1], activation: 'tanh' }],
      ['reshape', { form: 'volume', volume: [2, 2, 4, 2] }],
      ['conv3d', { filters: 2, kernel: [2, 2, 2], activation: 'tanh', bias: false }],
      ['reshape', { form: 'row', row: [6] }],
      ['dense', { units: 3, activation: 'softmax' }],
    ),
  },
  'layer normalization of pictures and rows': {
    shape: small.picture,
    network: chain(
      picture,
      ['conv2d', { filters: 5, activation: 'linear' }],
      ['layer-normalization', { epsilon: 0.01 }],
      ['activation', { function: 'tanh' }],
      ['flatten'],
      ['dense', { units: 8, activation: 'tanh' }],
      ['layer-normalization', { epsilon: 0.1, scale: false }],
      ['dense', { units: 3, activation: 'softmax' }],
    ),
  },
  'layer normalization of sequences': {
    shape: small.sequence,
    network: chain(sequence, ['layer-normalization', { epsilon: 0.1, center: false }], ...head),
  },
  'a layer at every step of a sequence': {
    shape: small.sequence,
    network: chain(
      sequence,
      ['time-distributed', { of: 'dense', 'dense.units': 5, 'dense.activation': 'tanh' }],
      ['conv1d', { filters: 4, kernel: [3], activation: 'tanh' }],
      ...head,
    ),
  },
  'layers at every row of a picture': {
    shape: small.picture,
    network: chain(
      picture,
      [
        'time-distributed',
        { of: 'conv1d', 'conv1d.filters': 4, 'conv1d.kernel': [3], 'conv1d.activation': 'tanh', 'conv1d.groups': 2 },
      ],
      ['time-distributed', { of: 'max-pooling-1d' }],
      ['time-distributed', { of: 'global-average-pooling-1d' }],
      ...head,
    ),
  },
  'layers at every slice of a volume': {
    shape: small.volume,
    network: chain(
      volume,
      [
        'time-distributed',
        {
          of: 'conv2d',
          'conv2d.filters': 3,
          'conv2d.kernel': [2, 2],
          'conv2d.dilation': [1, 2],
          'conv2d.activation': 'tanh',
        },
      ],
      ['time-distributed', { of: 'flatten' }],
      [
        'time-distributed',
        { of: 'dense', 'dense.units': 4, 'dense.activation': 'elu', 'dense.regularizer': 'l2', 'dense.penalty': 0.01 },
      ],
      ...head,
    ),
  },
  'rows of learned values for numbers': {
    shape: small.sequence,
    network: chain(
      sequence,
      ['embedding', { numbers: 200, size: 4, scale: 255 }],
      ['conv1d', { filters: 4, kernel: [3], activation: 'tanh' }],
      ...head,
    ),
  },
  'layer normalization of volumes': {
    shape: small.volume,
    network: chain(
      volume,
      ['conv3d', { filters: 4, kernel: [2, 2, 2], activation: 'tanh' }],
      ['layer-normalization', { epsilon: 0.1 }],
      ...head,
    ),
  },
}

/** Networks that draw random numbers in training, which Keras draws otherwise. */
export const noisyNetworks: Readonly<Record<string, SmallNetwork>> = {
  'noise and dropped channels in sequences': noisy(sequence, small.sequence),
  'noise and dropped channels in pictures': noisy(picture, small.picture),
  'noise and dropped channels in volumes': noisy(volume, small.volume),
}

function noisy(input: ChainStep, shape: number[]): SmallNetwork {
  const axes = shape.length - 1
  const kernel = Array<number>(axes).fill(2)
  const network: NetworkDocument = chain(
    input,
    ['gaussian-noise', { deviation: 0.2 }],
    [`conv${axes}d`, { filters: 6, kernel, activation: 'tanh' }],
    ['spatial-dropout', { rate: 0.3 }],
    ...head,
  )
  return { network, shape }
}
