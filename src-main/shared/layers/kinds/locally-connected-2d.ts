import { defineLocallyConnected } from '../locally-connected'
import { usualWeighting } from '../weighting'

/** Windows over a picture, each place with weights of its own. */
export default defineLocallyConnected({
  kind: 'locally-connected-2d',
  icon: 'layout-grid',
  axes: ['height', 'width'],
  className: 'LocallyConnected2D',
  widest: 64,
  examples: [
    {
      values: {
        filters: 8,
        kernel: [3, 3],
        strides: [1, 1],
        padding: 'valid',
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[10, 8, 3]],
      out: [8, 6, 8],
      weights: 10752,
    },
    {
      values: {
        filters: 2,
        kernel: [3, 2],
        strides: [2, 3],
        padding: 'same',
        activation: 'tanh',
        bias: false,
        ...usualWeighting,
      },
      inputs: [[7, 8, 2]],
      out: [4, 3, 2],
      weights: 288,
    },
    {
      values: {
        filters: 2,
        kernel: [3, 9],
        strides: [1, 1],
        padding: 'valid',
        activation: 'relu',
        bias: true,
        ...usualWeighting,
      },
      inputs: [[8, 8, 1]],
      out: 'kernel-too-large',
      weights: 0,
    },
  ],
})
