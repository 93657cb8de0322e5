import type { NetworkDocument, NetworkModule } from './document'
import { addCopies, connect, moveNodes, removeWires, type Position } from './edit'
import { anchorAt, cardAbove, openEnds } from './arrange'
import type { Piece } from './fragment'
import { commonLevel, moduleTree, type Level } from './module-tree'
import { below, cardHeight, freePlace, makeRoom } from './place'
import { cardById, portsOf, surfaceOf } from './surface'

/** Where something new goes: behind a layer or a module (null: behind the end), into a wire, or free on the canvas. */
export type Target =
  | { readonly kind: 'behind'; readonly node: string | null }
  | { readonly kind: 'wire'; readonly wire: string }
  | { readonly kind: 'place'; readonly position: Position }

/** What a new module is put between. */
interface Gap {
  readonly source: string | undefined
  /** The wires whose targets it feeds from now on. */
  readonly wires: readonly NetworkDocument['wires'][number][]
  readonly level: Level
  readonly place: Position
}

function gapAt(network: NetworkDocument, target: Target): Gap {
  if (target.kind === 'place') return { source: undefined, wires: [], level: undefined, place: target.position }
  if (target.kind === 'wire') {
    const wire = network.wires.find(({ id }) => id === target.wire)
    const above = wire && cardAbove(network, wire.from, wire.to)
    if (wire && above) {
      const level = commonLevel(moduleTree(network), [wire.from, wire.to])
      return { source: wire.from, wires: [wire], level, place: below(above) }
    }
  }
  const after = target.kind === 'behind' ? target.node : null
  const anchor = anchorAt(network, after ?? openEnds(network).at(-1) ?? '')
  if (!anchor) return { source: undefined, wires: [], level: undefined, place: freePlace(network, { x: 0, y: 0 }) }
  return { source: anchor.node, wires: anchor.wires, level: anchor.level, place: below(anchor.card) }
}

/** The layer whose output a new module at a place would take in; undefined for a place of its own. */
export function sourceAt(network: NetworkDocument, target: Target): string | undefined {
  return gapAt(network, target).source
}

/** The outermost module of a piece, all of whose layers are in it; undefined where there is none. */
export function rootModule({ nodes, wires, modules = [] }: Piece): NetworkModule | undefined {
  const { members } = moduleTree({ nodes, wires, modules })
  return modules.find(({ id, parent }) => parent === undefined && members.get(id)?.length === nodes.length)
}

/**
 * Adds a piece that is one module, closed: what is in front feeds all its open inputs, and its last output feeds what
 * comes behind. `layers` names the new layers in the order of the piece's.
 */
export function addModule(
  network: NetworkDocument,
  piece: Piece,
  target: Target,
): { network: NetworkDocument; id: string; layers: readonly string[] } | undefined {
  const root = rootModule(piece)
  if (!root) return undefined
  const gap = gapAt(network, target)
  const offset = { x: gap.place.x - root.position.x, y: gap.place.y - root.position.y }
  const closed = (piece.modules ?? []).map(({ open, ...module }): NetworkModule => {
    return module.id === root.id || !open ? module : { ...module, open }
  })
  const copied = addCopies(network, piece.nodes, piece.wires, offset, closed)
  const id = copied.modules[closed.findIndex((module) => module.id === root.id)]
  if (id === undefined) return undefined
  const { level } = gap
  const put = level === undefined ? copied.network : inLevel(copied.network, id, level)
  const wired = wireUp(put, id, gap.source, gap.wires)
  if (target.kind === 'place') return { network: wired, id, layers: copied.ids }
  return { network: settled(makeRoom(wired, id), id), id, layers: copied.ids }
}

function inLevel(network: NetworkDocument, id: string, level: string): NetworkDocument {
  return {
    ...network,
    modules: network.modules?.map((module) => (module.id === id ? { ...module, parent: level } : module)),
  }
}

/** Puts a module between a layer and what it feeds. One that takes nothing in is left without wires. */
function wireUp(
  network: NetworkDocument,
  id: string,
  source: string | undefined,
  wires: Gap['wires'],
): NetworkDocument {
  const { inputs, outputs } = portsOf(network, id)
  const open = inputs.filter(({ wire }) => wire === undefined)
  const last = outputs.at(-1)
  if (source === undefined || open.length === 0) return network
  const cut = removeWires(
    network,
    wires.map((wire) => wire.id),
  )
  const fed = open.reduce((next, { node, input }) => connect(next, source, node, input), cut)
  return last === undefined ? fed : wires.reduce((next, { to, input }) => connect(next, last, to, input), fed)
}

/** Moves a new card to the side where it would cover another one. */
function settled(network: NetworkDocument, id: string): NetworkDocument {
  const card = cardById(network, id)
  if (card?.id !== id) return network
  const others = { ...surfaceOf(network), nodes: surfaceOf(network).nodes.filter((one) => one.id !== id) }
  return moveNodes(network, new Map([[id, freePlace(others, card.position, cardHeight(card))]]))
}

/** Puts a closed module that stands alone into a wire, as if it had been added there. */
export function joinModule(network: NetworkDocument, wireId: string, id: string): NetworkDocument {
  const wire = network.wires.find((one) => one.id === wireId)
  const alone = surfaceOf(network).wires.every(({ from, to }) => from !== id && to !== id)
  if (!wire || !alone || portsOf(network, id).inputs.length === 0) return network
  const level = commonLevel(moduleTree(network), [wire.from, wire.to])
  const put = level === undefined ? network : inLevel(network, id, level)
  return makeRoom(wireUp(put, id, wire.from, [wire]), id)
}
