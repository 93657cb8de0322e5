import type { LayerKind, TfjsLayer } from '../define'
import { defineLayer } from '../define'
import { choice, int, toggle } from '../params'
import { gives } from '../shape'
import gru from './gru'
import lstm from './lstm'
import simpleRnn from './simple-rnn'

const cells = { simpleRnn, lstm, gru } as const
const cellNames = ['simpleRnn', 'lstm', 'gru'] as const
const merges = ['concat', 'sum', 'mul', 'ave'] as const

interface BidirectionalValues {
  readonly cell: (typeof cellNames)[number]
  readonly units: number
  readonly sequences: boolean
  readonly merge: (typeof merges)[number]
}

/**
 * Two recurrent layers of one kind over a sequence, one of which reads it from its end (Schuster and Paliwal,
 * "Bidirectional recurrent neural networks", 1997). At each place both say something, about what came and what comes.
 */
export default defineLayer({
  kind: 'bidirectional',
  category: 'recurrent',
  icon: 'arrow-left-right',
  params: {
    cell: choice({ initial: 'lstm', options: cellNames }),
    units: int({ initial: 32, min: 1, max: 2048, texts: 'recurrentUnits' }),
    sequences: toggle({ initial: false, texts: 'sequences' }),
    merge: choice({ initial: 'concat', options: merges }),
  },
  inputs: { min: 1, max: 1, ranks: [2] },
  outShape: (values, [input = []]) => {
    const { sequences } = values
    return sequences ? gives(input[0] ?? 0, channelsOut(values)) : gives(channelsOut(values))
  },
  weights: (values, inputs) => {
    const { trainable, frozen } = cellOf(values).weights(valuesOf(values), inputs)
    return { trainable: 2 * trainable, frozen: 2 * frozen }
  },
  macs: (values, inputs) => 2 * cellOf(values).macs(valuesOf(values), inputs),
  summary: ({ cell, units, sequences }) => `${signs[cell]} 2×${units}${sequences ? ' · →' : ''}`,
  field: () => 'all',
  fit: (values, wanted) => {
    const each = values.merge === 'concat' ? 2 : 1
    const units = (wanted.at(-1) ?? 0) / each
    return units >= 1 && Number.isInteger(units) && wanted.length === (values.sequences ? 2 : 1)
      ? { units, merge: values.merge }
      : undefined
  },
  tfjs: (values, inputs) => {
    const { className, config } = within(cellOf(values).tfjs(valuesOf(values), inputs))
    return { className: 'Bidirectional', config: { layer: { className, config }, mergeMode: values.merge } }
  },
  examples: [
    {
      values: { cell: 'lstm', units: 32, sequences: false, merge: 'concat' },
      inputs: [[40, 13]],
      out: [64],
      weights: 11776,
    },
    { values: { cell: 'gru', units: 5, sequences: true, merge: 'sum' }, inputs: [[9, 2]], out: [9, 5], weights: 240 },
    {
      values: { cell: 'simpleRnn', units: 3, sequences: true, merge: 'concat' },
      inputs: [[7, 1]],
      out: [7, 6],
      weights: 30,
    },
    {
      values: { cell: 'simpleRnn', units: 4, sequences: false, merge: 'mul' },
      inputs: [[6, 2]],
      out: [4],
      weights: 56,
    },
    { values: { cell: 'lstm', units: 3, sequences: true, merge: 'ave' }, inputs: [[5, 2]], out: [5, 3], weights: 144 },
  ],
})

/** What the layers within are called on a card. */
const signs = { simpleRnn: 'RNN', lstm: 'LSTM', gru: 'GRU' } as const

function cellOf({ cell }: BidirectionalValues): LayerKind {
  return cells[cell]
}

function valuesOf({ units, sequences }: BidirectionalValues) {
  return { units, sequences, backwards: false }
}

function channelsOut({ units, merge }: BidirectionalValues): number {
  return merge === 'concat' ? 2 * units : units
}

function within(layer: TfjsLayer | undefined): TfjsLayer {
  if (!layer) throw new Error('a recurrent layer is a layer')
  return layer
}
