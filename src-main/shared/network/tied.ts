import { produce } from 'immer'
import { layerKind } from '../layers/registry'
import type { LayerKind } from '../layers/define'
import type { Shape } from '../layers/shape'
import { nodeById, type NetworkDocument, type NetworkNode, type Values } from './document'

// Weight tying: one set of weights, used by several layers, as when Keras calls one layer several times. Contract: `tie`
// and `untie` write `weightsOf` (in copies, `tiedAmong` says what it is), and every edit keeps to it: the layers of a group
// have the same kind and values, and all but the owner name the owner. Files may hold anything; what is amiss there is a
// fault, and that layer has weights of its own.

/** Why a layer cannot use the weights that it names: the end of a `problems.tied-…` message key. */
export type TieFault = 'to-unknown' | 'in-circle' | 'to-other-kind' | 'to-other-values'

export interface Ties {
  /** The owner of the weights of every layer that is tied to another one without a fault. */
  readonly owners: ReadonlyMap<string, string>
  /** The layers that share each owner's weights, the owner first, the others in document order. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly faults: ReadonlyMap<string, TieFault>
}

const noTies: Ties = { owners: new Map(), groups: new Map(), faults: new Map() }

const known = new WeakMap<NetworkDocument['nodes'], Ties>()

/** Who uses whose weights; chains are followed to their end. */
export function tiesOf({ nodes }: Pick<NetworkDocument, 'nodes'>): Ties {
  const before = known.get(nodes)
  if (before) return before
  const ties = nodes.some(({ weightsOf }) => weightsOf !== undefined) ? findTies(nodes) : noTies
  known.set(nodes, ties)
  return ties
}

function findTies(nodes: readonly NetworkNode[]): Ties {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const owners = new Map<string, string>()
  const groups = new Map<string, string[]>()
  const faults = new Map<string, TieFault>()
  for (const node of nodes) {
    if (node.weightsOf === undefined) continue
    const owner = ownerAt(node, byId)
    if (typeof owner === 'string') {
      faults.set(node.id, owner)
      continue
    }
    owners.set(node.id, owner.id)
    const group = groups.get(owner.id)
    if (group) group.push(node.id)
    else groups.set(owner.id, [owner.id, node.id])
  }
  return { owners, groups, faults }
}

/** The owner at the end of the chain that begins at a layer, or why there is none for it. */
function ownerAt(node: NetworkNode, byId: ReadonlyMap<string, NetworkNode>): NetworkNode | TieFault {
  const passed = new Set<string>()
  let at: NetworkNode | undefined = node
  while (at?.weightsOf !== undefined) {
    if (passed.has(at.id)) return 'in-circle'
    passed.add(at.id)
    at = byId.get(at.weightsOf)
  }
  if (!at) return 'to-unknown'
  if (node.kind !== at.kind) return 'to-other-kind'
  return node.values === at.values || sameValues(node, at) ? at : 'to-other-values'
}

function sameValues(one: NetworkNode, other: NetworkNode): boolean {
  const text = ({ kind, values }: NetworkNode) => {
    const complete = layerKind(kind)?.complete(values) ?? values
    return JSON.stringify(Object.entries(complete).sort(([first], [second]) => (first < second ? -1 : 1)))
  }
  return text(one) === text(other)
}

/** The layer whose weights a layer uses: itself, unless it is tied to another one without a fault. */
export function ownerOf(network: NetworkDocument, id: string): string {
  return tiesOf(network).owners.get(id) ?? id
}

/** All layers that use the same weights as this one, the owner first: itself alone where it is not tied. */
export function tiedGroup(network: NetworkDocument, id: string): readonly string[] {
  return tiesOf(network).groups.get(ownerOf(network, id)) ?? [id]
}

/**
 * The ties that layers keep among themselves where they are copied: those that used the weights of one layer that is
 * not among them use those of the first of them. The owner of each tied one, by id.
 */
export function tiedAmong(nodes: readonly NetworkNode[]): ReadonlyMap<string, string> {
  const firstOf = new Map(nodes.map(({ id }) => [id, id]))
  const among = nodes.map(({ weightsOf, ...node }): NetworkNode => {
    if (weightsOf === undefined) return node
    const owner = firstOf.get(weightsOf)
    if (owner === undefined) firstOf.set(weightsOf, node.id)
    return owner === undefined ? node : { ...node, weightsOf: owner }
  })
  return tiesOf({ nodes: among }).owners
}

/** Whether a layer could use another one's weights: both are of one kind that takes inputs. Shapes are judged by `check`. */
export function canTie(network: NetworkDocument, id: string, owner: string): boolean {
  const [node, other] = [nodeById(network, id), nodeById(network, owner)]
  return node !== undefined && other !== undefined && mayTie(network, node, other)
}

function mayTie(network: NetworkDocument, node: NetworkNode, other: NetworkNode): boolean {
  if (node.id === other.id || node.kind !== other.kind || tiesOf(network).faults.has(other.id)) return false
  return layerKind(node.kind)?.inputs.max !== 0
}

/**
 * Lets a layer, and those that use its weights, use the weights of another one and take its values. Where that cannot be
 * (see `canTie`), or they are tied already, nothing changes.
 */
export function tie(network: NetworkDocument, id: string, owner: string): NetworkDocument {
  if (!canTie(network, id, owner)) return network
  const root = ownerOf(network, owner)
  if (ownerOf(network, id) === root) return network
  const values = nodeById(network, root)?.values ?? {}
  const moved = new Set([id, ...(tiesOf(network).groups.get(id) ?? [])])
  return produce(network, (draft) => {
    for (const node of draft.nodes.filter((one) => moved.has(one.id))) {
      node.weightsOf = root
      node.values = { ...values }
    }
  })
}

/**
 * Gives a layer weights of its own again; where others used them, the next of these becomes their owner. Whoever takes a
 * layer away or makes it another kind unties it first.
 */
export function untie(network: NetworkDocument, id: string): NetworkDocument {
  const node = nodeById(network, id)
  if (!node) return network
  const stay = network.nodes.filter((one) => one.weightsOf === id && one.id !== id && one.kind === node.kind)
  if (node.weightsOf === undefined && stay.length === 0) return network
  const heir = node.weightsOf === id ? stay[0]?.id : (node.weightsOf ?? stay[0]?.id)
  const owners = new Map<string, string | undefined>([[id, undefined]])
  for (const one of stay) owners.set(one.id, one.id === heir ? undefined : heir)
  const nodes = network.nodes.map((one) => (owners.has(one.id) ? withOwner(one, owners.get(one.id)) : one))
  return { ...network, nodes }
}

function withOwner({ weightsOf: _before, ...node }: NetworkNode, owner: string | undefined): NetworkNode {
  return owner === undefined ? node : { ...node, weightsOf: owner }
}

/**
 * Whether the weights that a layer has with some inputs are those that it has with others: as many, and every axis on
 * which their number depends is as long. The inputs have as many axes, since frameworks fix a layer's axes when it is
 * called first.
 */
export function weightsFit(kind: LayerKind, values: Values, one: readonly Shape[], other: readonly Shape[]): boolean {
  const count = (inputs: readonly Shape[]) => {
    const { trainable, frozen } = kind.weights(values, inputs)
    return `${trainable} ${frozen}`
  }
  const own = count(one)
  if (own !== count(other) || one.some(({ length }, input) => length !== other[input]?.length)) return false
  return one.every((shape, input) =>
    shape.every((size, axis) => {
      if (size === other[input]?.[axis]) return true
      const longer = shape.map((length, n) => (n === axis ? 2 * length + 1 : length))
      return own === count(one.map((same, n) => (n === input ? longer : same)))
    }),
  )
}

/** The layers to which a layer could be tied so that its weights fit, by the inputs that each has. */
export function tieCandidates(
  network: NetworkDocument,
  id: string,
  inputsOf: (id: string) => readonly Shape[] | undefined,
): string[] {
  const node = nodeById(network, id)
  const kind = layerKind(node?.kind ?? '')
  const own = inputsOf(id)
  if (!node || !kind || !own) return []
  return network.nodes.flatMap((other) => {
    const theirs = mayTie(network, node, other) ? inputsOf(other.id) : undefined
    return theirs && weightsFit(kind, other.values, theirs, own) ? [other.id] : []
  })
}
