import { branches, chain, type ChainStep } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { tie } from '@shared/network/tied'
import { walk } from '@shared/network/walk'
import type { SmallNetwork } from './branched'

const picture: ChainStep = ['input', { shape: [8, 8, 1] }]
const sequence: ChainStep = ['sequence-input', { shape: [9, 3] }]
const head = [['flatten'], ['dense', { units: 3, activation: 'softmax' }]] as const
const end: ChainStep = ['dense', { units: 3, activation: 'softmax' }]
const conv: ChainStep = ['conv2d', { filters: 4, padding: 'same', activation: 'tanh' }]
// In front of batch normalization a bias has no gradient but rounding errors, which nothing could be compared by.
const bare: ChainStep = ['conv2d', { filters: 4, padding: 'same', activation: 'linear', bias: false }]

/** A network with pairs of layers that are tied: each first one uses the weights of the second. */
function tied(network: NetworkDocument, ...pairs: readonly [id: string, owner: string][]): SmallNetwork {
  const whole = pairs.reduce((next, [id, owner]) => tie(next, id, owner), network)
  const [input] = [...walk(whole).values()]
  return { network: whole, shape: input?.result.ok ? [...input.result.shape] : [] }
}

/** Two towers that share their layers and see the picture each in its own way. */
function towers(): NetworkDocument {
  return branches(
    ['input', { shape: [8, 8, 1] }, { mark: 'input' }],
    ['max-pooling-2d'],
    ['conv2d', { filters: 3, activation: 'tanh', regularizer: 'l2', penalty: 0.05 }],
    ['flatten'],
    ['dense', { units: 5, activation: 'tanh', regularizer: 'l1', penalty: 0.01 }, { mark: 'one' }],
    ['average-pooling-2d', {}, { from: ['input'] }],
    ['conv2d', { filters: 3, activation: 'tanh', regularizer: 'l2', penalty: 0.05 }],
    ['flatten'],
    ['dense', { units: 5, activation: 'tanh', regularizer: 'l1', penalty: 0.01 }, { mark: 'other' }],
    ['concatenate', {}, { from: ['one', 'other'] }],
    end,
  )
}

/** Networks of three classes in which layers use each other's weights, with the shape of their samples. */
export const tiedNetworks: Readonly<Record<string, SmallNetwork>> = {
  'a convolution that is used three times in a row': tied(
    chain(picture, ['conv2d', { filters: 4 }], conv, conv, conv, ...head),
    ['conv2d-3', 'conv2d-2'],
    ['conv2d-4', 'conv2d-2'],
  ),
  'two towers with penalties': tied(towers(), ['conv2d-2', 'conv2d-1'], ['dense-2', 'dense-1']),
  'batch normalization that is used twice': tied(
    chain(
      picture,
      ['conv2d', { filters: 4, activation: 'linear', bias: false }],
      ['batch-normalization', { momentum: 0.8 }],
      ['activation', { function: 'tanh' }],
      bare,
      ['batch-normalization', { momentum: 0.8 }],
      ['activation', { function: 'tanh' }],
      ...head,
    ),
    ['batch-normalization-2', 'batch-normalization-1'],
  ),
  'a layer that uses the weights of one behind it': tied(
    chain(picture, ['conv2d', { filters: 4 }], conv, ['max-pooling-2d'], conv, ...head),
    ['conv2d-2', 'conv2d-3'],
  ),
  'a last layer that is used within as well': tied(
    chain(picture, ['flatten'], ['dense', { units: 3, activation: 'tanh' }], end, end),
    ['dense-3', 'dense-2'],
  ),
  'convolutions in groups, and learned slopes': tied(
    chain(
      picture,
      ['conv2d', { filters: 4 }],
      ['conv2d', { filters: 4, groups: 2, padding: 'same', activation: 'linear' }],
      ['prelu', { first: 0.2 }],
      ['conv2d', { filters: 4, groups: 2, padding: 'same', activation: 'linear' }],
      ['prelu', { first: 0.2 }],
      ...head,
    ),
    ['conv2d-3', 'conv2d-2'],
    ['prelu-2', 'prelu-1'],
  ),
  'layers over sequences of different lengths': tied(
    branches(
      ['sequence-input', { shape: [9, 3] }, { mark: 'input' }],
      ['conv1d', { filters: 4, activation: 'tanh' }],
      ['layer-normalization', {}],
      ['flatten', {}, { mark: 'fine' }],
      ['max-pooling-1d', {}, { from: ['input'] }],
      ['conv1d', { filters: 4, activation: 'tanh' }],
      ['layer-normalization', {}],
      ['flatten', {}, { mark: 'coarse' }],
      ['concatenate', {}, { from: ['fine', 'coarse'] }],
      end,
    ),
    ['conv1d-2', 'conv1d-1'],
    ['layer-normalization-2', 'layer-normalization-1'],
  ),
}

/** The same for kinds that run eagerly only. */
export const tiedEagerNetworks: Readonly<Record<string, SmallNetwork>> = {
  'a recurrent layer that is used twice': tied(
    chain(sequence, ['lstm', { units: 3, sequences: true }], ['lstm', { units: 3, sequences: true }], ...head),
    ['lstm-2', 'lstm-1'],
  ),
}

/** Layers that draw random numbers are tied too: each draws its own. */
export const tiedNoisyNetworks: Readonly<Record<string, SmallNetwork>> = {
  'dropout that is used twice': tied(
    chain(picture, ['conv2d', { filters: 4 }], ['dropout', { rate: 0.4 }], conv, ['dropout', { rate: 0.4 }], ...head),
    ['dropout-2', 'dropout-1'],
  ),
}
