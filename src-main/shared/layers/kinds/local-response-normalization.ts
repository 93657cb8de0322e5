import { throughPictures } from '../channels-last'
import { defineLayer, noWeights } from '../define'
import { int, real } from '../params'
import { gives, sizeOf } from '../shape'

/** How many channels the windows of all channels hold together; at the first and last channels they are cut off. */
function neighbours(channels: number, radius: number): number {
  let count = 0
  for (let channel = 0; channel < channels; channel++)
    count += Math.min(channels - 1, channel + radius) - Math.max(0, channel - radius) + 1
  return count
}

/**
 * Divides every value by (k + α · Σ x²)^β, the sum being over the neighbouring channels at the same place (Krizhevsky,
 * Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012, section 3.3).
 */
export default defineLayer({
  kind: 'local-response-normalization',
  category: 'normalization',
  icon: 'equal-approximately',
  params: {
    radius: int({ initial: 2, min: 0, max: 64 }),
    // With k = 0 a place where all neighbours are zero would be divided by zero.
    k: real({ initial: 2, min: 0.001, max: 1000, step: 0.1 }),
    alpha: real({ initial: 0.0001, min: 0, max: 100, step: 0.0001 }),
    beta: real({ initial: 0.75, min: 0, max: 10, step: 0.05 }),
  },
  inputs: { min: 1, max: 1, ranks: [2, 3, 4] },
  outShape: (_values, inputs) => gives(...(inputs[0] ?? [])),
  weights: () => noWeights,
  macs: ({ radius }, [input = []]) => sizeOf(input.slice(0, -1)) * neighbours(input.at(-1) ?? 0, radius),
  summary: ({ radius, beta }) => `n = ${2 * radius + 1} · β = ${beta}`,
  tfjs: ({ radius, k, alpha, beta }) => ({
    className: 'LocalResponseNormalization',
    config: { radius, k, alpha, beta },
    ownClass: true,
  }),
  lower: (graph, { radius, k, alpha, beta }, [input], [shape = []]) => {
    if (!input) throw new Error('local response normalization needs an input')
    return throughPictures(graph, input, shape, (pictures) => {
      // TensorFlow has it for the processor in float32 only.
      const normalized = graph.op('LRN', [graph.cast(pictures, 'float32')], {
        depth_radius: { int: radius },
        bias: { float: k },
        alpha: { float: alpha },
        beta: { float: beta },
      })
      return graph.cast(normalized, input.dtype)
    })
  },
  examples: [
    { values: { radius: 2, k: 2, alpha: 0.0001, beta: 0.75 }, inputs: [[27, 27, 96]], out: [27, 27, 96], weights: 0 },
    { values: { radius: 1, k: 1, alpha: 0.5, beta: 0.5 }, inputs: [[9, 2]], out: [9, 2], weights: 0 },
    { values: { radius: 0, k: 1, alpha: 1, beta: 1 }, inputs: [[2, 3, 4, 5]], out: [2, 3, 4, 5], weights: 0 },
  ],
})
