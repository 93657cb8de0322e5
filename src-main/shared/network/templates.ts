import { layerKind } from '../layers/registry'
import { connect, addNode, newNode, setValues } from './edit'
import { emptyNetwork, type NetworkDocument, type Values } from './document'
import type { DataFit } from './check'

type Step = readonly [kind: string, values: Values]

/** Stacks of layers that people know, from the input to the last layer, by name. */
const stacks: Readonly<Record<string, readonly Step[]>> = {
  // LeCun et al., "Gradient-based learning applied to document recognition", 1998, in the form that Caffe made known:
  // max-pooling for subsampling, ReLU and softmax for the original's tanh and RBF units.
  lenet: [
    ['input', {}],
    ['conv2d', { filters: 20, kernel: [5, 5] }],
    ['max-pooling-2d', {}],
    ['conv2d', { filters: 50, kernel: [5, 5] }],
    ['max-pooling-2d', {}],
    ['flatten', {}],
    ['dense', { units: 500 }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  // The smallest network of the article: module A copied over the picture, pooled, and read by one dense layer.
  'one-module': [
    ['input', {}],
    ['conv2d', { filters: 16, kernel: [5, 5] }],
    ['max-pooling-2d', {}],
    ['flatten', {}],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
  // No convolution at all: what the modules are to be compared with.
  'dense-only': [
    ['input', {}],
    ['flatten', {}],
    ['dense', { units: 128 }],
    ['dense', { units: 10, activation: 'softmax' }],
  ],
}

export const templateNames: readonly string[] = Object.keys(stacks)

const spacing = 104

/** A template as a network, its first and last layers fitted to the data; undefined for an unknown name. */
export function templateNetwork(name: string, data?: DataFit): NetworkDocument | undefined {
  const stack = Object.hasOwn(stacks, name) ? stacks[name] : undefined
  if (!stack) return undefined
  let network = emptyNetwork
  let previous: string | undefined
  for (const [row, [kind, values]] of stack.entries()) {
    const node = newNode(network, kind, { x: 0, y: row * spacing }, values)
    network = addNode(network, node)
    if (previous) network = connect(network, previous, node.id)
    previous = node.id
  }
  return data ? fitToData(network, data) : network
}

/** The network with its input and its last layer shaped by the data, where their own settings allow it. */
export function fitToData(network: NetworkDocument, data: DataFit): NetworkDocument {
  const sources = new Set(network.wires.map((wire) => wire.from))
  return network.nodes.reduce((next, node) => {
    const kind = layerKind(node.kind)
    const isInput = kind?.inputs.max === 0
    if (!kind?.fit || (!isInput && sources.has(node.id))) return next
    const values = kind.fit(node.values, isInput ? data.shape : [data.classes])
    return values ? setValues(next, node.id, values) : next
  }, network)
}
