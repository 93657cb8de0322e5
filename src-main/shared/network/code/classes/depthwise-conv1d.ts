import { forwardLength, sequenceConvolution } from '../class-forms/sequence-convolution'
import { defineClass } from './define'

export default defineClass(
  sequenceConvolution({
    className: 'DepthwiseConv1D',
    doc: 'Kernels for each channel of a sequence by itself.',
    setting: 'depthMultiplier',
    kernels: [{ name: 'kernel', role: 'depthwise', shape: '[size, channels, depthMultiplier]' }],
    sums: [
      'const kernel = depthwise.reshape<tf.Tensor4D>([1, ...depthwise.shape])',
      "const sums = tf.depthwiseConv2d(row, kernel, [stride, stride], padding, 'NHWC', [1, dilation])",
    ],
    length: forwardLength,
    channels: 'channels * depthMultiplier',
  }),
)
