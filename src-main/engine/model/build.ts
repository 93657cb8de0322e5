import type { LayerKind } from '@shared/layers/define'
import { layerKind } from '@shared/layers/registry'
import type { NetworkDocument, NetworkNode, Values } from '@shared/network/document'
import { topologicalOrder, wiresInto } from '@shared/network/walk'
import { tf, type Layer, type SymbolicTensor } from '../tf'
import { makeLayer, type FirstWeights } from './layers/make-layer'

/** One node of a network with its tfjs layer; the input has none. */
export interface BuiltNode {
  readonly id: string
  readonly layer: Layer | undefined
  /** The ids of the nodes that feed it, by input. */
  readonly sources: readonly string[]
  readonly output: SymbolicTensor
}

export interface BuildOptions {
  readonly weights: FirstWeights
  /** Ends in logits instead of probabilities: the last softmax is left to the loss. */
  readonly logits: boolean
  readonly plain?: boolean
}

/** A network's tfjs layers, connected and with their weights, each node behind its sources. The network must be valid. */
export function buildLayers(network: NetworkDocument, options: BuildOptions): readonly BuiltNode[] {
  const into = wiresInto(network)
  const feeding = new Set(network.wires.map((wire) => wire.from))
  const built = new Map<string, BuiltNode>()
  for (const [position, node] of topologicalOrder(network).order.entries()) {
    const sources = (into.get(node.id) ?? []).map((wire) => wire.from)
    const inputs = sources.flatMap((id) => built.get(id)?.output ?? [])
    const asLogits = options.logits && !feeding.has(node.id)
    built.set(node.id, { id: node.id, sources, ...connect(node, inputs, { ...options, position, asLogits }) })
  }
  return [...built.values()]
}

function connect(
  node: NetworkNode,
  inputs: SymbolicTensor[],
  options: BuildOptions & { position: number; asLogits: boolean },
): Pick<BuiltNode, 'layer' | 'output'> {
  const kind = layerKind(node.kind)
  if (!kind) throw new Error(`Unknown kind of layer: ${node.kind}`)
  const { position, weights, plain = false } = options
  const tfjs = kind.tfjs(options.asLogits ? withoutActivation(kind, node.values) : node.values)
  if (!tfjs) return { layer: undefined, output: makeInput(node, kind) }
  const layer = makeLayer({ name: node.id, ranks: inputs.map(({ rank }) => rank), tfjs, position, weights, plain })
  const [only] = inputs
  const output = layer.apply(inputs.length === 1 && only ? only : inputs)
  if (!(output instanceof tf.SymbolicTensor)) throw new Error(`${node.id} does not give one tensor`)
  return { layer, output }
}

function makeInput(node: NetworkNode, kind: LayerKind): SymbolicTensor {
  const inference = kind.outShape(node.values, [])
  if (!inference.ok) throw new Error(`${node.id} has no shape: ${inference.problem.code}`)
  return tf.input({ shape: [...inference.shape], name: node.id })
}

function withoutActivation(kind: LayerKind, values: Values): Values {
  return kind.activation ? { ...values, [kind.activation]: 'linear' } : values
}
