import { defineRecurrent } from '../recurrent'

/** The simplest recurrent layer: tanh of what comes in and what went out before (Elman, "Finding structure in time", 1990). */
export default defineRecurrent({
  kind: 'simple-rnn',
  icon: 'repeat',
  className: 'SimpleRNN',
  sums: 1,
  config: {},
  examples: [
    { values: { units: 32, sequences: false, backwards: false }, inputs: [[40, 13]], out: [32], weights: 1472 },
    { values: { units: 5, sequences: true, backwards: false }, inputs: [[9, 2]], out: [9, 5], weights: 40 },
    { values: { units: 3, sequences: true, backwards: true }, inputs: [[7, 1]], out: [7, 3], weights: 15 },
  ],
})
