import { AppError } from '@shared/ipc/errors'
import type { LayerKind, TfjsLayer } from '@shared/layers/define'
import { layerKind } from '@shared/layers/registry'
import { englishText } from '@shared/messages/english'
import type { NetworkDocument, NetworkNode, Values } from '@shared/network/document'
import { layerNames, nameText } from '@shared/network/names'
import { topologicalOrder, wiresInto } from '@shared/network/walk'
import { installVolumeConvolution } from '../kernels'
import { tf, type Layer, type SymbolicTensor } from '../tf'
import { makeLayer, type FirstWeights, type LayerPlan } from './layers/make-layer'
import { plainForm, type PlainForm } from './layers/plain-form'

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
  /** Made of classes alone that every TensorFlow.js and Keras knows, for an export; see `plainForm`. */
  readonly plain?: boolean
}

/** A network's tfjs layers, connected and with their weights, each node behind its sources. The network must be valid. */
export function buildLayers(network: NetworkDocument, options: BuildOptions): readonly BuiltNode[] {
  installVolumeConvolution()
  if (options.plain) refuseOwnClasses(network)
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
  const settings = options.asLogits ? withoutActivation(kind, node.values) : node.values
  const tfjs = kind.tfjs(settings, inputs.map(sampleShape))
  if (!tfjs) return { layer: undefined, output: makeInput(node, kind) }
  return applyLayer(node.id, tfjs, inputs, { position, weights, plain })
}

type LayerOptions = Pick<LayerPlan, 'position' | 'weights' | 'plain'>

/** A layer that a kind describes, connected to its inputs; its plain form may put others in front of it and behind it. */
export function applyLayer(
  name: string,
  tfjs: TfjsLayer,
  inputs: readonly SymbolicTensor[],
  options: LayerOptions,
): { layer: Layer; output: SymbolicTensor } {
  const form: PlainForm = options.plain ? plainForm(tfjs, inputs.map(sampleShape)) : { own: tfjs }
  const { before = [], own, after = [] } = form
  const arriving = options.plain ? eachOnce(name, inputs, options) : inputs
  const helpers = (forms: readonly TfjsLayer[], from: readonly SymbolicTensor[], place: string) =>
    forms.reduce((given, one, n) => [applyOne(`${name}-${place}-${n}`, one, given, options).output], from)
  const { layer, output } = applyOne(name, own, helpers(before, arriving, 'before'), options)
  const [last = output] = helpers(after, [output], 'after')
  return { layer, output: last }
}

/**
 * Inputs of which none is there twice, repeated ones passed on by a layer that changes nothing: where one layer is fed by
 * another twice, tfjs 4.22's `predict` frees what comes in before the layers behind it have read it.
 */
function eachOnce(name: string, inputs: readonly SymbolicTensor[], options: LayerOptions): readonly SymbolicTensor[] {
  const same: TfjsLayer = { className: 'Activation', config: { activation: 'linear' } }
  return inputs.map((input, n) =>
    inputs.indexOf(input) < n ? applyOne(`${name}-again-${n}`, same, [input], options).output : input,
  )
}

/** Refuses a network with a layer that neither Keras nor TensorFlow.js has. */
function refuseOwnClasses(network: NetworkDocument): void {
  const own = network.nodes.find(({ kind, values }) => layerKind(kind)?.tfjs(values)?.ownClass)
  const name = own && layerNames(network, englishText).get(own.id)
  if (own) throw new AppError('layer-not-exportable', { layer: name ? nameText(name) : own.id })
}

function sampleShape({ shape }: SymbolicTensor): number[] {
  return shape.slice(1).map((size) => size ?? 1)
}

function applyOne(
  name: string,
  tfjs: TfjsLayer,
  inputs: readonly SymbolicTensor[],
  options: LayerOptions,
): { layer: Layer; output: SymbolicTensor } {
  const layer = makeLayer({ name, ranks: inputs.map(({ rank }) => rank), tfjs, ...options })
  const [only] = inputs
  const output = layer.apply(inputs.length === 1 && only ? only : [...inputs])
  if (!(output instanceof tf.SymbolicTensor)) throw new Error(`${name} does not give one tensor`)
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
