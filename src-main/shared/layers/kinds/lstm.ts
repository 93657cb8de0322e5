import { defineRecurrent } from '../recurrent'

/** A recurrent layer with a memory that three gates write, keep and read (Hochreiter and Schmidhuber 1997). */
export default defineRecurrent({
  kind: 'lstm',
  icon: 'archive',
  className: 'LSTM',
  sums: 4,
  config: { recurrentActivation: 'sigmoid' },
  examples: [
    { values: { units: 32, sequences: false, backwards: false }, inputs: [[40, 13]], out: [32], weights: 5888 },
    { values: { units: 5, sequences: true, backwards: false }, inputs: [[9, 2]], out: [9, 5], weights: 160 },
    { values: { units: 3, sequences: true, backwards: true }, inputs: [[7, 1]], out: [7, 3], weights: 60 },
  ],
})
