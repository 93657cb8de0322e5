import { forwardLength, sequenceConvolution } from '../class-forms/sequence-convolution'
import { defineClass } from './define'

export default defineClass(
  sequenceConvolution({
    className: 'SeparableConv1D',
    doc: 'A kernel for each channel of a sequence, then filters that mix the channels.',
    setting: 'filters',
    kernels: [
      { name: 'depthwise_kernel', role: 'depthwise', shape: '[size, channels, 1]' },
      { name: 'pointwise_kernel', role: 'pointwise', shape: '[1, channels, filters]' },
    ],
    sums: [
      'const [own, mixer] = [depthwise, pointwise].map((kernel) => kernel.reshape<tf.Tensor4D>([1, ...kernel.shape]))',
      'const sums = tf.separableConv2d(row, own, mixer, [stride, stride], padding, [1, dilation])',
    ],
    length: forwardLength,
    channels: 'filters',
  }),
)
