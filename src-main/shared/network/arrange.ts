import { produce } from 'immer'
import { layerKind } from '../layers/registry'
import type { NetworkDocument, NetworkNode, Values, Wire } from './document'
import { nodeById } from './document'
import { addNode, connect, inputsOf, insertOnWire, newNode, removeWires, type Position } from './edit'
import { commonLevel, dropEmptyModules, hiddenBy, moduleTree, modulesAround, putInto, type Level } from './module-tree'
import { below, cardHeight, freePlace, gap, makeRoom } from './place'
import { cardById, cardIdOf, portsOf } from './surface'

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
  const source = wire && cardAbove(network, wire.from, wire.to)
  const node = newNode(network, kind, source ? below(source) : { x: 0, y: 0 }, values)
  return { network: makeRoom(insertOnWire(network, wireId, node), node.id), id: node.id }
}

/** The card that a layer on the way from one to another is to stand below: within a closed module the source itself. */
export function cardAbove(network: NetworkDocument, from: string, to: string): NetworkNode | undefined {
  const hidden = cardIdOf(network, from) === cardIdOf(network, to)
  return hidden ? nodeById(network, from) : cardById(network, from)
}

/**
 * Adds a layer behind another one or a module (by default behind the last open end) and takes over the wires to what came
 * behind it. It joins the module that the other one is seen in. A kind that takes no input goes in front instead: above
 * the first layer that lacks one.
 */
export function addBehind(network: NetworkDocument, kind: string, after?: string, values: Values = {}): Added {
  if (layerKind(kind)?.inputs.max === 0) return addInFront(network, kind, values)
  const anchor = anchorAt(network, after ?? openEnds(network).at(-1) ?? '')
  if (!anchor) return addAt(network, kind, freePlace(network, { x: 0, y: 0 }), values)
  const { wires, level, card } = anchor
  const wish = below(card)
  const node = newNode(network, kind, wish, values)
  const added = addNode(network, level === undefined ? node : { ...node, module: level })
  const cut = removeWires(
    added,
    wires.map((wire) => wire.id),
  )
  const behind = connect(cut, anchor.node, node.id)
  const joined = wires.reduce(
    (next, wire) => connect(next, node.id, wire.to, wire.input),
    wires.length === 0 ? passOutput(behind, anchor.node, node.id) : behind,
  )
  if (level !== undefined && hiddenBy(moduleTree(joined), node.id) !== undefined)
    return { network: joined, id: node.id }
  const roomy = makeRoom(joined, node.id)
  const others = { ...roomy, nodes: roomy.nodes.filter((one) => one.id !== node.id) }
  return { network: moveTo(roomy, node.id, freePlace(others, wish)), id: node.id }
}

/** What was asked of an end as an output is asked of what now comes behind it. */
function passOutput(network: NetworkDocument, from: string, to: string): NetworkDocument {
  return produce(network, (draft) => {
    const [before, after] = [from, to].map((id) => draft.nodes.find((node) => node.id === id))
    if (!before?.output || !after) return
    after.output = before.output
    delete before.output
  })
}

/** Where something comes behind a layer or a module. */
export interface Anchor {
  /** The layer that feeds it. */
  readonly node: string
  /** The wires that it takes over. */
  readonly wires: readonly Wire[]
  /** What it joins. */
  readonly level: Level
  /** The card below which it stands. */
  readonly card: NetworkNode
}

/** Where something comes that is put behind a layer or a module; undefined where there is no such one. */
export function anchorAt(network: NetworkDocument, id: string): Anchor | undefined {
  const tree = moduleTree(network)
  const inside = new Set(tree.members.get(id))
  const node = tree.modules.has(id) ? portsOf(network, id).outputs.at(-1) : id
  const own = nodeById(network, node ?? '')
  if (!own) return undefined
  const wires = network.wires.filter(({ from, to }) => from === own.id && !inside.has(to))
  const seen = tree.modules.has(id) ? id : cardIdOf(network, id)
  if (seen === own.id) return { node: own.id, wires, level: tree.parents.get(own.id), card: own }
  // Behind a layer that a closed module hides, it stays hidden where the layer leads to others in there.
  const around = modulesAround(tree, own.id)
  const levels = new Set(wires.map(({ to }) => commonLevel(tree, [own.id, to])))
  const level = around.find((one) => levels.has(one)) ?? tree.parents.get(seen)
  const hidden = level !== undefined && (hiddenBy(tree, level) !== undefined || !tree.modules.get(level)?.open)
  return { node: own.id, wires, level, card: (hidden ? own : cardById(network, seen)) ?? own }
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
  if ([upper, lower].some((one) => cardIdOf(network, one.id) !== one.id)) return undefined
  return direction === 1 ? lower.id : upper.id
}

/**
 * Swaps a layer with its neighbour in the chain, each into the other's place and module; where there is none that can be
 * swapped, nothing changes.
 */
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
    const [module, other] = [first.module, second.module]
    putInto(first, other)
    putInto(second, module)
    draft.nodes[above] = second
    draft.nodes[under] = first
  })
}

/**
 * Puts a layer that stands alone into a wire, as if it had been added there: it joins the module that the wire is in. One
 * with wires of its own stays as it is.
 */
export function joinWire(network: NetworkDocument, wireId: string, id: string): NetworkDocument {
  const node = nodeById(network, id)
  const wire = network.wires.find((one) => one.id === wireId)
  const joined = network.wires.some((one) => one.from === id || one.to === id)
  if (!node || !wire || joined || inputsOf(node) === 0) return network
  const level = commonLevel(moduleTree(network), [wire.from, wire.to])
  const cut = produce(removeWires(network, [wireId]), (draft) => {
    const own = draft.nodes.find((one) => one.id === id)
    if (own) putInto(own, level)
    dropEmptyModules(draft)
  })
  return makeRoom(connect(connect(cut, wire.from, id), id, wire.to, wire.input), id)
}
