import { chain, type ChainStep } from './chain'
import type { NetworkDocument } from './document'
import { fitToData, type DataFit } from './fit'

/** Stacks of layers that people know, from the input to the last layer, by name. */
const stacks: Readonly<Record<string, readonly ChainStep[]>> = {
  // LeCun et al., "Gradient-based learning applied to document recognition", 1998, in the form that Caffe made known:
  // max-pooling for subsampling, ReLU and softmax for the original's tanh and RBF units; and with dropout, without which
  // five epochs end on either side of 99 %, seed by seed.
  lenet: [
    ['input'],
    ['conv2d', { filters: 20, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['conv2d', { filters: 50, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 500 }],
    ['dropout', { rate: 0.5 }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  // The smallest network of the article: module A copied over the picture, pooled, and read by one dense layer.
  'one-module': [
    ['input'],
    ['conv2d', { filters: 16, kernel: [5, 5] }],
    ['max-pooling-2d'],
    ['flatten'],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  // No convolution at all: what the modules are to be compared with.
  'dense-only': [['input'], ['flatten'], ['dense', { units: 128 }], ['dense', { units: 10, activation: 'softmax' }]],
}

export const templateNames: readonly string[] = Object.keys(stacks)

/** A template as a network, its first and last layers fitted to the data; undefined for an unknown name. */
export function templateNetwork(name: string, data?: DataFit): NetworkDocument | undefined {
  const stack = Object.hasOwn(stacks, name) ? stacks[name] : undefined
  if (!stack) return undefined
  const network = chain(...stack)
  return data ? fitToData(network, data) : network
}
