import type { LayerKind } from '../layers/define'
import { layerKind, layerKinds } from '../layers/registry'
import { sizeOf } from '../layers/shape'
import type { NetworkDocument, Values } from './document'
import { nodeById } from './document'
import { replaceKind } from './edit'
import type { NodeFacts } from './walk'

/** The layer with the same windows that has weights of its own at each place, or (for such a one) the same everywhere. */
export interface OtherSharing {
  readonly kind: string
  /** Whether that one has the same weights at every place. */
  readonly shared: boolean
  readonly values: Values
  /** Settings that it does not have, though they are not as they are at first: without them it would not do the same. */
  readonly lost: readonly string[]
}

/** The counterpart of a layer; undefined where its kind has none. */
export function otherSharing(kind: LayerKind, values: Values): OtherSharing | undefined {
  const own = kind.untied
  const other = own === undefined ? sharedCounterpart(kind) : layerKind(own)
  if (!other) return undefined
  const complete = Object.entries(kind.complete(values))
  return {
    kind: other.kind,
    shared: own === undefined,
    values: Object.fromEntries(complete.filter(([name]) => Object.hasOwn(other.params, name))),
    lost: complete.flatMap(([name, value]) =>
      Object.hasOwn(other.params, name) || String(value) === String(kind.params[name]?.initial) ? [] : [name],
    ),
  }
}

function sharedCounterpart({ kind }: LayerKind): LayerKind | undefined {
  return [...layerKinds.values()].find(({ untied }) => untied === kind)
}

/** How many weights windows need over an input, by how far they are shared. */
export interface SharingCounts {
  /** The same at every place. */
  readonly shared: number
  /** Each place with weights of its own. */
  readonly own: number
  /** Not even windows: every output connected with every input. */
  readonly all: number
}

/** The counts for a layer that has such a counterpart and fits its input. */
export function sharingCounts({ node, kind, inputs, result }: NodeFacts): SharingCounts | undefined {
  const other = kind && otherSharing(kind, node.values)
  const [input] = inputs
  if (!kind || !other || other.lost.length > 0 || !input || !result.ok) return undefined
  const now = kind.weights(node.values, inputs).trainable
  const then = layerKind(other.kind)?.weights(other.values, inputs).trainable ?? 0
  const outputs = sizeOf(result.shape)
  const biases = kind.complete(node.values)['bias'] === true ? outputs : 0
  return {
    shared: other.shared ? then : now,
    own: other.shared ? now : then,
    all: sizeOf(input) * outputs + biases,
  }
}

/** Gives each place of a layer weights of its own, or all places the same ones again; nothing where that would lose settings. */
export function changeSharing(network: NetworkDocument, id: string): NetworkDocument {
  const node = nodeById(network, id)
  const kind = node && layerKind(node.kind)
  const other = kind && otherSharing(kind, node.values)
  return !other || other.lost.length > 0 ? network : replaceKind(network, id, other.kind, other.values)
}
