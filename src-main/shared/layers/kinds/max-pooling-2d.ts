import { throughWindow, windowCount } from '../arithmetic'
import { padding, strides } from '../common'
import { defineLayer, noWeights } from '../define'
import { size } from '../params'
import { fails, gives, shapeText } from '../shape'

/** Keeps the largest value of each window: the picture shrinks, small shifts stop to matter. */
export default defineLayer({
  kind: 'max-pooling-2d',
  category: 'pooling',
  icon: 'minimize-2',
  params: {
    window: size({ initial: [2, 2], min: 1, max: 64 }),
    strides: strides([2, 2]),
    padding,
  },
  inputs: { min: 1, max: 1, ranks: [3] },
  outShape: ({ window, strides, padding }, inputs) => {
    const input = inputs[0] ?? []
    const [height = 0, width = 0] = [0, 1].map((axis) =>
      windowCount(input[axis] ?? 0, { kernel: window[axis] ?? 1, stride: strides[axis] ?? 1 }, padding),
    )
    if (height >= 1 && width >= 1) return gives(height, width, input[2] ?? 0)
    return fails('window-too-large', { window: shapeText(window), input: shapeText(input.slice(0, 2)) })
  },
  weights: () => noWeights,
  macs: () => 0,
  summary: ({ window, strides }) => `${window.join('×')} / ${strides.join('×')}`,
  field:
    ({ window, strides }) =>
    (field, axis) =>
      throughWindow(field, { kernel: window[axis] ?? 1, stride: strides[axis] ?? 1 }),
  tfjs: ({ window, strides, padding }) => ({
    className: 'MaxPooling2D',
    config: { poolSize: window, strides, padding },
  }),
  lower: (graph, { window, strides, padding }, [input]) => {
    if (!input) throw new Error('pooling needs an input')
    return graph.op('MaxPool', [input], {
      ksize: { ints: [1, window[0] ?? 1, window[1] ?? 1, 1] },
      strides: { ints: [1, strides[0] ?? 1, strides[1] ?? 1, 1] },
      padding: { text: padding.toUpperCase() },
    })
  },
  examples: [
    {
      values: { window: [2, 2], strides: [2, 2], padding: 'valid' },
      inputs: [[26, 26, 32]],
      out: [13, 13, 32],
      weights: 0,
    },
    { values: { window: [3, 3], strides: [2, 2], padding: 'same' }, inputs: [[13, 8, 4]], out: [7, 4, 4], weights: 0 },
    {
      values: { window: [3, 2], strides: [1, 2], padding: 'valid' },
      inputs: [[2, 2, 4]],
      out: 'window-too-large',
      weights: 0,
    },
  ],
})
