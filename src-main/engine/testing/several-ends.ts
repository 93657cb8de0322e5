import { branches } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import type { SmallNetwork } from './branched'

/** Two towers that see different channels of the same pictures, each with a head of its own beside the common one. */
function towers(): NetworkDocument {
  return branches(
    ['input', { shape: [8, 8, 1], part: 'some', first: 1 }],
    ['conv2d', { filters: 3, activation: 'tanh' }, { mark: 'left' }],
    ['input', { shape: [8, 8, 2], part: 'some', first: 2 }, { from: [] }],
    ['conv2d', { filters: 4, activation: 'tanh' }, { mark: 'right' }],
    ['concatenate', {}, { from: ['left', 'right'] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 3, activation: 'softmax' }],
    ['flatten', {}, { from: ['left'] }],
    ['dense', { units: 3, activation: 'softmax' }, { output: { loss: 'classes', weight: 0.25 } }],
    ['flatten', {}, { from: ['right'] }],
    ['dense', { units: 3, activation: 'softmax' }, { output: { loss: 'classes', weight: 0 } }],
  )
}

/** Networks of three classes with several inputs or outputs, with the shape of their samples. */
export const networksOfSeveralEnds: Readonly<Record<string, SmallNetwork>> = {
  'an auxiliary classifier halfway up': {
    shape: [8, 8, 1],
    network: branches(
      ['input', { shape: [8, 8, 1] }],
      ['conv2d', { filters: 4, activation: 'tanh' }, { mark: 'low' }],
      ['conv2d', { filters: 5, activation: 'tanh' }],
      ['flatten'],
      ['dense', { units: 3, activation: 'softmax' }],
      ['flatten', {}, { from: ['low'] }],
      ['dense', { units: 3, activation: 'softmax' }, { output: { loss: 'classes', weight: 0.3 } }],
    ),
  },
  'a classifier with a decoder that is deeper than it': {
    shape: [8, 8, 2],
    network: branches(
      ['input', { shape: [8, 8, 2] }],
      ['conv2d', { filters: 4, padding: 'same', activation: 'tanh' }, { mark: 'code' }],
      ['flatten'],
      ['dense', { units: 3, activation: 'linear' }],
      ['activation', { function: 'softmax' }, { output: { loss: 'classes', weight: 2 } }],
      ['conv2d', { filters: 5, padding: 'same', activation: 'tanh' }, { from: ['code'] }],
      ['conv2d', { filters: 3, padding: 'same', activation: 'tanh' }],
      ['conv2d', { filters: 3, padding: 'same', activation: 'tanh' }],
      ['conv2d', { filters: 2, padding: 'same', activation: 'sigmoid' }, { output: { loss: 'sample', weight: 0.5 } }],
    ),
  },
  'two inputs of different channels, three outputs': { shape: [8, 8, 3], network: towers() },
  'two inputs of the same sequence, the less deep output named the main one': {
    shape: [12, 2],
    network: branches(
      ['sequence-input', { shape: [12, 2] }],
      ['flatten'],
      ['dense', { units: 4, activation: 'tanh', regularizer: 'l2', penalty: 0.01 }, { mark: 'one' }],
      ['sequence-input', { shape: [12, 2] }, { from: [] }],
      ['conv1d', { filters: 3, activation: 'tanh' }],
      ['flatten'],
      ['dense', { units: 4, activation: 'tanh' }, { mark: 'other' }],
      ['add', {}, { from: ['one', 'other'] }],
      ['dense', { units: 3, activation: 'softmax' }, { output: { loss: 'classes', weight: 0.4 } }],
      [
        'dense',
        { units: 3, activation: 'softmax' },
        { from: ['one'], output: { loss: 'classes', weight: 1, main: true } },
      ],
    ),
  },
}
