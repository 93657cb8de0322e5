import { sequenceConvolution } from '../class-forms/sequence-convolution'
import { defineClass } from './define'

export default defineClass(
  sequenceConvolution({
    className: 'Conv1DTranspose',
    doc: 'A transposed convolution of sequences.',
    setting: 'filters',
    kernels: [{ name: 'kernel', role: 'kernel', shape: '[size, filters, channels]' }],
    sums: [
      '// Zeros between the places of the kernel, and none behind the last.',
      'const [size] = kernel.shape',
      'const apart = tf.pad(kernel.reshape([size, 1, filters, channels]), [[0, 0], [0, dilation - 1], [0, 0], [0, 0]])',
      'const extent = (size - 1) * dilation + 1',
      'const spread = tf.slice(apart.reshape([1, size * dilation, filters, channels]), [0, 0, 0, 0], [1, extent, -1, -1])',
      'const shape: [number, number, number, number] = [batch, 1, this.places(length), filters]',
      'const sums = tf.conv2dTranspose(row, spread as tf.Tensor4D, shape, [1, stride], padding)',
    ],
    length: "length * stride + (padding === 'same' ? 0 : Math.max(extent - stride, 0))",
    channels: 'filters',
  }),
)
