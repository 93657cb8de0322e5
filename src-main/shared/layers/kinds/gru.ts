import { defineRecurrent } from '../recurrent'

/** A recurrent layer with two gates: how much of the past counts and how much is replaced (Cho et al. 2014). */
export default defineRecurrent({
  kind: 'gru',
  icon: 'archive-restore',
  className: 'GRU',
  sums: 3,
  config: { recurrentActivation: 'sigmoid', resetAfter: false },
  examples: [
    { values: { units: 32, sequences: false, backwards: false }, inputs: [[40, 13]], out: [32], weights: 4416 },
    { values: { units: 5, sequences: true, backwards: false }, inputs: [[9, 2]], out: [9, 5], weights: 120 },
    { values: { units: 3, sequences: true, backwards: true }, inputs: [[7, 1]], out: [7, 3], weights: 45 },
  ],
})
