import { produce } from 'immer'
import { layerKind } from '../layers/registry'
import type { NetworkDocument, Values } from './document'
import { nodeById } from './document'
import { addNode, connect, inputsOf, insertOnWire, newNode, removeWires, type Position } from './edit'
import { below, cardHeight, freePlace, gap, makeRoom } from './place'

/** A network with the id of the layer that an edit added. */
export interface Added {
  readonly network: NetworkDocument
  readonly id: string
}

/** The nodes that nothing comes behind, in document order. */
export function openEnds(network: NetworkDocument): string[] {
  const sources = new Set(network.wires.map((wire) => wire.from))
  return network.nodes.filter((node) => !sources.has(node.id)).map((node) => node.id)
}

/** Adds a layer at a place of the canvas, without wires. */
export function addAt(network: NetworkDocument, kind: string, position: Position, values: Values = {}): Added {
  const node = newNode(network, kind, position, values)
  return { network: addNode(network, node), id: node.id }
}

/** Puts a new layer into a wire, close behind the wire's source, and moves what follows out of its way. */
export function addOnWire(network: NetworkDocument, kind: string, wireId: string, values: Values = {}): Added {
  const wire = network.wires.find((one) => one.id === wireId)
  const source = wire && nodeById(network, wire.from)
  const node = newNode(network, kind, source ? below(source) : { x: 0, y: 0 }, values)
  return { network: makeRoom(insertOnWire(network, wireId, node), node.id), id: node.id }
}

/**
 * Adds a layer behind another one (by default behind the last open end) and takes over the wires to what came behind
 * it. A kind that takes no input goes in front instead: above the first layer that lacks one.
 */
export function addBehind(network: NetworkDocument, kind: string, after?: string, values: Values = {}): Added {
  if (layerKind(kind)?.inputs.max === 0) return addInFront(network, kind, values)
  const anchor = nodeById(network, after ?? openEnds(network).at(-1) ?? '')
  if (!anchor) return addAt(network, kind, freePlace(network, { x: 0, y: 0 }), values)
  const outgoing = network.wires.filter((wire) => wire.from === anchor.id)
  const wish = below(anchor)
  const added = addAt(network, kind, wish, values)
  const cut = removeWires(
    added.network,
    outgoing.map((wire) => wire.id),
  )
  const joined = outgoing.reduce(
    (next, wire) => connect(next, added.id, wire.to, wire.input),
    connect(cut, anchor.id, added.id),
  )
  const roomy = makeRoom(joined, added.id)
  const others = { ...roomy, nodes: roomy.nodes.filter((node) => node.id !== added.id) }
  return { network: moveTo(roomy, added.id, freePlace(others, wish)), id: added.id }
}

function addInFront(network: NetworkDocument, kind: string, values: Values): Added {
  const fed = new Set(network.wires.map((wire) => wire.to))
  const first = network.nodes.find((node) => !fed.has(node.id) && inputsOf(node) > 0)
  const height = cardHeight({ kind, values })
  const wish = first ? { x: first.position.x, y: first.position.y - height - gap } : { x: 0, y: 0 }
  const added = addAt(network, kind, freePlace(network, wish, height), values)
  return first ? { network: connect(added.network, added.id, first.id), id: added.id } : added
}

function moveTo(network: NetworkDocument, id: string, position: Position): NetworkDocument {
  return produce(network, (draft) => {
    const node = draft.nodes.find((one) => one.id === id)
    if (node) node.position = { ...position }
  })
}

/** The neighbour that a layer can change places with: in a chain, the one before (-1) or behind (1) it. */
export function swapPartner(network: NetworkDocument, id: string, direction: -1 | 1): string | undefined {
  const wires = network.wires.filter((wire) => (direction === 1 ? wire.from : wire.to) === id)
  const [wire] = wires
  if (wires.length !== 1 || !wire) return undefined
  const [upper, lower] = [nodeById(network, wire.from), nodeById(network, wire.to)]
  if (!upper || !lower || inputsOf(upper) !== 1 || inputsOf(lower) !== 1) return undefined
  if (network.wires.filter((one) => one.from === upper.id).length !== 1) return undefined
  return direction === 1 ? lower.id : upper.id
}

/** Swaps a layer with its neighbour in the chain; where there is none that can be swapped, nothing changes. */
export function moveAlong(network: NetworkDocument, id: string, direction: -1 | 1): NetworkDocument {
  const partner = swapPartner(network, id, direction)
  if (!partner) return network
  const [upper, lower] = direction === 1 ? [id, partner] : [partner, id]
  return produce(network, (draft) => {
    for (const wire of draft.wires) {
      if (wire.from === upper && wire.to === lower) [wire.from, wire.to] = [lower, upper]
      else if (wire.to === upper) wire.to = lower
      else if (wire.from === lower) wire.from = upper
    }
    const [above, under] = [upper, lower].map((one) => draft.nodes.findIndex((node) => node.id === one))
    const [first, second] = [draft.nodes[above ?? -1], draft.nodes[under ?? -1]]
    if (!first || !second || above === undefined || under === undefined) return
    // The lower card takes the upper one's place; the upper one stands as far below it as the lower one stood.
    const room = second.position.y - first.position.y - cardHeight(first)
    second.position = { ...first.position }
    first.position = { x: first.position.x, y: second.position.y + cardHeight(second) + room }
    draft.nodes[above] = second
    draft.nodes[under] = first
  })
}

/** Puts a layer that stands alone into a wire, as if it had been added there; one with wires of its own stays as it is. */
export function joinWire(network: NetworkDocument, wireId: string, id: string): NetworkDocument {
  const node = nodeById(network, id)
  const wire = network.wires.find((one) => one.id === wireId)
  const joined = network.wires.some((one) => one.from === id || one.to === id)
  if (!node || !wire || joined || inputsOf(node) === 0) return network
  const cut = removeWires(network, [wireId])
  return makeRoom(connect(connect(cut, wire.from, id), id, wire.to, wire.input), id)
}
