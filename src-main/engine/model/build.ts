import { AppError } from '@shared/ipc/errors'
import type { ChannelRange, LayerKind, TfjsLayer } from '@shared/layers/define'
import { layerKind } from '@shared/layers/registry'
import type { NetworkDocument, NetworkNode, Values } from '@shared/network/document'
import { nameWords } from '@shared/network/names'
import { outputsOf } from '@shared/network/outputs'
import { ownerOf } from '@shared/network/tied'
import { topologicalOrder, wiresInto } from '@shared/network/walk'
import { installVolumeConvolution } from '../kernels'
import { tf, type Layer, type SymbolicTensor } from '../tf'
import { makeLayer, type FirstWeights, type LayerPlan } from './layers/make-layer'
import { plainForm, type PlainForm } from './layers/plain-form'
import { shareWeights } from './layers/share-weights'

/** One node of a network with its tfjs layer; an input has none. */
export interface BuiltNode {
  readonly id: string
  readonly layer: Layer | undefined
  /** Of an input: the channels that it takes, where it does not take all. */
  readonly takes?: ChannelRange | undefined
  /** The ids of the nodes that feed it, by input. */
  readonly sources: readonly string[]
  readonly output: SymbolicTensor
  /** The node whose weights it uses: its own id, or that of the layer to which it is tied. */
  readonly owner: string
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
  const telling = new Set(outputsOf(network).flatMap(({ id, loss }) => (loss === 'classes' ? [id] : [])))
  const built = new Map<string, BuiltNode>()
  const first = new Map<string, MadeLayer>()
  for (const [position, node] of topologicalOrder(network).order.entries()) {
    const sources = (into.get(node.id) ?? []).map((wire) => wire.from)
    const inputs = sources.flatMap((id) => built.get(id)?.output ?? [])
    const asLogits = options.logits && telling.has(node.id)
    const owner = ownerOf(network, node.id)
    const { made, ...one } = connect(node, inputs, { ...options, position, asLogits, owner, first: first.get(owner) })
    built.set(node.id, { id: node.id, sources, owner, layer: made?.layer, ...one })
    if (made && !first.has(owner)) first.set(owner, made)
  }
  return [...built.values()]
}

function connect(
  node: NetworkNode,
  inputs: SymbolicTensor[],
  options: BuildOptions & { position: number; asLogits: boolean; owner: string; first: MadeLayer | undefined },
): Pick<BuiltNode, 'takes' | 'output'> & { made?: MadeLayer } {
  const kind = layerKind(node.kind)
  if (!kind) throw new Error(`Unknown kind of layer: ${node.kind}`)
  const { position, weights, plain = false, owner, first } = options
  const settings = options.asLogits ? withoutActivation(kind, node.values) : node.values
  const tfjs = kind.tfjs(settings, inputs.map(sampleShape))
  if (!tfjs) return { takes: kind.takes?.(node.values), output: makeInput(node, kind) }
  const made = applyLayer(node.id, tfjs, inputs, { position, weights, plain, ...(plain ? { owner, first } : {}) })
  // In training a tied layer is a layer of its own with the same weights: its noise, its batch's statistics and whether
  // it ends in logits are its own too. An export has one layer that is called several times, as people write it.
  if (first && made.layer !== first.layer) shareWeights(made.layer, first.layer)
  return { takes: undefined, output: made.output, made }
}

/** A layer as it was made and connected. */
interface MadeLayer {
  readonly layer: Layer
  /** What it was made of. */
  readonly own: TfjsLayer
  readonly output: SymbolicTensor
}

type LayerOptions = Pick<LayerPlan, 'position' | 'weights' | 'plain'> & {
  /** The name of a layer that several nodes share; without it the layer is called as its node. */
  readonly owner?: string
  /** That layer, once it is made: it is called again where it would be made of the same. */
  readonly first?: MadeLayer | undefined
}

/** A layer that a kind describes, connected to its inputs; its plain form may put others in front of it and behind it. */
export function applyLayer(
  name: string,
  tfjs: TfjsLayer,
  inputs: readonly SymbolicTensor[],
  options: LayerOptions,
): MadeLayer {
  const form: PlainForm = options.plain ? plainForm(tfjs, inputs.map(sampleShape)) : { own: tfjs }
  const { before = [], own, after = [] } = form
  const arriving = options.plain ? eachOnce(name, inputs, options) : inputs
  const helpers = (forms: readonly TfjsLayer[], from: readonly SymbolicTensor[], place: string) =>
    forms.reduce((given, one, n) => [applyOne(`${name}-${place}-${n}`, one, given, options).output], from)
  const { first, owner = name } = options
  const again = first && JSON.stringify(first.own) === JSON.stringify(own) ? first.layer : undefined
  const called = first && !again ? `${name}-tied` : owner
  const { layer, output } = applyOne(called, own, helpers(before, arriving, 'before'), options, again)
  const [last = output] = helpers(after, [output], 'after')
  return { layer, own, output: last }
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

/** Refuses a network with a layer for which TensorFlow.js has no class that does the same. */
function refuseOwnClasses(network: NetworkDocument): void {
  const own = network.nodes.find(({ kind, values }) => {
    const { ownClass, kerasOnly } = layerKind(kind)?.tfjs(values) ?? {}
    return ownClass === true || kerasOnly === true
  })
  if (own) throw new AppError('layer-not-exportable', { layer: nameWords(network, own.id) })
}

function sampleShape({ shape }: SymbolicTensor): number[] {
  return shape.slice(1).map((size) => size ?? 1)
}

function applyOne(
  name: string,
  tfjs: TfjsLayer,
  inputs: readonly SymbolicTensor[],
  { position, weights, plain }: LayerOptions,
  layer = makeLayer({ name, ranks: inputs.map(({ rank }) => rank), tfjs, position, weights, plain }),
): { layer: Layer; output: SymbolicTensor } {
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
