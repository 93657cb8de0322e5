import { defineLocallyConnected } from '../locally-connected'
import { usualWeighting } from '../weighting'

/** Windows over a sequence, each place with weights of its own. */
export default defineLocallyConnected({
  kind: 'locally-connected-1d',
  icon: 'align-horizontal-distribute-center',
  axes: ['length'],
  className: 'LocallyConnected1D',
  widest: 256,
  examples: [
    {
      values: {
        filters: 1,
        kernel: [2],
        strides: [1],
        padding: 'valid',
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[1000, 1]],
      out: [999, 1],
      weights: 2997,
    },
    {
      values: {
        filters: 4,
        kernel: [5],
        strides: [2],
        padding: 'same',
        activation: 'linear',
        bias: false,
        ...usualWeighting,
      },
      inputs: [[11, 3]],
      out: [6, 4],
      weights: 360,
    },
    {
      values: {
        filters: 4,
        kernel: [9],
        strides: [1],
        padding: 'valid',
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[8, 2]],
      out: 'kernel-too-large',
      weights: 0,
    },
  ],
})
