import { chain } from '@shared/network/chain'
import type { SmallNetwork } from './branched'

const shape = [9, 3]
const end = ['dense', { units: 3, activation: 'softmax' }] as const

/** Networks of three classes for sequences, with the kinds that run eagerly only. */
export const recurrentNetworks: Readonly<Record<string, SmallNetwork>> = {
  'a simple recurrent layer over another that goes backwards': {
    shape,
    network: chain(
      ['sequence-input', { shape }],
      ['simple-rnn', { units: 6, sequences: true, backwards: true }],
      ['simple-rnn', { units: 5 }],
      end,
    ),
  },
  'LSTM behind a convolution': {
    shape,
    network: chain(
      ['sequence-input', { shape }],
      ['conv1d', { filters: 4, activation: 'tanh' }],
      ['lstm', { units: 5, sequences: true }],
      ['lstm', { units: 4, backwards: true }],
      end,
    ),
  },
  'two directions, and two again': {
    shape,
    network: chain(
      ['sequence-input', { shape }],
      ['bidirectional', { cell: 'lstm', units: 4, sequences: true, merge: 'concat' }],
      ['bidirectional', { cell: 'gru', units: 5, merge: 'ave' }],
      end,
    ),
  },
  'the product and the sum of two directions': {
    shape,
    network: chain(
      ['sequence-input', { shape }],
      ['bidirectional', { cell: 'simpleRnn', units: 4, sequences: true, merge: 'mul' }],
      ['bidirectional', { cell: 'simpleRnn', units: 5, merge: 'sum' }],
      end,
    ),
  },
  GRU: {
    shape,
    network: chain(['sequence-input', { shape }], ['gru', { units: 6, sequences: true }], ['gru', { units: 5 }], end),
  },
}
