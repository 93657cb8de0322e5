import { branches, chain } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { renameNode } from '@shared/network/edit'
import { tie } from '@shared/network/tied'
import type { SmallNetwork } from './branched'

const end = [['flatten'], ['dense', { units: 3, activation: 'softmax' }]] as const

/** Networks with layers for which Keras or tfjs need several, which must be told apart and put together again. */
export const networksOfPieces: Readonly<Record<string, SmallNetwork>> = {
  'normalized volumes with names, of which one is in use elsewhere': {
    shape: [2, 3, 4, 2],
    network: named(
      branches(
        ['volume-input', { shape: [2, 3, 4, 2] }, { mark: 'in' }],
        ['batch-normalization', {}, { mark: 'one' }],
        ['layer-normalization', {}, { mark: 'other' }],
        ['layer-normalization', {}, { from: ['one'], mark: 'third' }],
        ['add', {}, { from: ['one', 'other', 'third'] }],
        ...end,
      ),
      { 'batch-normalization-1': 'means', 'layer-normalization-2': 'rows.0' },
    ),
  },
  'reshaping and flattening beside what only looks so': {
    shape: [2, 3, 4, 2],
    network: chain(
      ['volume-input', { shape: [2, 3, 4, 2] }],
      ['reshape', { form: 'sequence', sequence: [24, 2] }],
      ['reshape', { form: 'volume', volume: [2, 3, 4, 2] }],
      ['batch-normalization'],
      ['reshape', { form: 'row', row: [48] }],
      ['flatten'],
      ['activation', { function: 'linear' }],
      ['flatten'],
      ['dense', { units: 3, activation: 'softmax' }],
    ),
  },
  'two embeddings with the same rows, and one with others': {
    shape: [6, 1],
    network: tie(
      branches(
        ['sequence-input', { shape: [6, 1] }, { mark: 'in' }],
        ['embedding', { numbers: 20, size: 3, scale: 19 }, { mark: 'one' }],
        ['embedding', { numbers: 20, size: 3, scale: 19 }, { from: ['in'], mark: 'other' }],
        ['embedding', { numbers: 20, size: 4, scale: 19 }, { from: ['in'], mark: 'third', name: 'rows' }],
        ['concatenate', {}, { from: ['one', 'other', 'third'] }],
        ...end,
      ),
      'embedding-2',
      'embedding-1',
    ),
  },
  'layers at every step beside plain ones': {
    shape: [4, 5, 2],
    network: chain(
      ['input', { shape: [4, 5, 2] }],
      ['time-distributed', { of: 'conv1d', 'conv1d.filters': 4, 'conv1d.kernel': [2], 'conv1d.groups': 2 }],
      ['time-distributed', { of: 'flatten' }],
      ['time-distributed', { of: 'flatten' }],
      ['bidirectional', { cell: 'gru', units: 3, sequences: true, merge: 'mul' }],
      ['gru', { units: 3, backwards: true }],
      ['dense', { units: 3, activation: 'softmax' }],
    ),
  },
}

function named(network: NetworkDocument, names: Readonly<Record<string, string>>): NetworkDocument {
  return Object.entries(names).reduce((next, [id, name]) => renameNode(next, id, name), network)
}
