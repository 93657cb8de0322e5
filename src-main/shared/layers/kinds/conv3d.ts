import { defineConvolution } from '../convolution'

/** One group of neurons copied to every place of a volume: a scan, or pictures in a row with time as the depth. */
export default defineConvolution({
  kind: 'conv3d',
  icon: 'cuboid',
  axes: ['depth', 'height', 'width'],
  className: 'Conv3D',
  operation: 'Conv3D',
  takesGroups: false,
  widest: 64,
  examples: [
    {
      values: {
        filters: 16,
        kernel: [3, 3, 3],
        strides: [1, 1, 1],
        padding: 'valid',
        groups: 1,
        activation: 'relu',
        bias: true,
      },
      inputs: [[16, 28, 28, 1]],
      out: [14, 26, 26, 16],
      weights: 448,
    },
    {
      values: {
        filters: 4,
        kernel: [1, 3, 5],
        strides: [1, 2, 2],
        padding: 'same',
        groups: 1,
        activation: 'linear',
        bias: false,
      },
      inputs: [[5, 9, 8, 2]],
      out: [5, 5, 4, 4],
      weights: 120,
    },
    {
      values: {
        filters: 8,
        kernel: [2, 3, 2],
        strides: [1, 1, 2],
        padding: 'valid',
        groups: 2,
        activation: 'elu',
        bias: true,
      },
      inputs: [[4, 5, 6, 4]],
      out: [3, 3, 3, 8],
      weights: 200,
    },
    {
      values: {
        filters: 4,
        kernel: [3, 1, 1],
        strides: [1, 1, 1],
        padding: 'valid',
        groups: 1,
        activation: 'relu',
        bias: true,
      },
      inputs: [[2, 8, 8, 1]],
      out: 'kernel-too-large',
      weights: 16,
    },
    {
      values: {
        filters: 8,
        kernel: [1, 1, 1],
        strides: [1, 1, 1],
        padding: 'valid',
        groups: 3,
        activation: 'relu',
        bias: false,
      },
      inputs: [[2, 8, 8, 6]],
      out: 'groups-uneven',
      weights: 16,
    },
  ],
})
