import { produce } from 'immer'
import type { NetworkDocument, NetworkModule } from './document'
import { addCopies, freeId, moveNodes, type Position } from './edit'
import { pieceOf, type Piece } from './fragment'
import { boxAround, framesOf, shiftAside, shiftBelow } from './frames'
import { counterparts, freeModuleName, usesOf } from './module-names'
import { between, childOf, commonLevel, moduleTree, modulesAround, putInto, type Level } from './module-tree'
import { cardHeight, cardWidth, freeOffset } from './place'
import { cardById, surfaceOf } from './surface'
import { ownerOf, tie, untie } from './tied'

/** Why chosen layers cannot become a module: the end of a `modules.cannot.…` message key, with what is in the way. */
export interface Refusal {
  readonly code: 'nothing' | 'already' | 'cuts' | 'returns'
  /** A layer or a module. */
  readonly item?: string
}

interface Choice {
  readonly level: Level
  /** The layers and modules of that level that are chosen as a whole. */
  readonly children: ReadonlySet<string>
}

/** The layers that some layers and modules stand for. */
export function layersOf(network: NetworkDocument, ids: readonly string[]): string[] {
  const { members } = moduleTree(network)
  const chosen = new Set(ids.flatMap((id) => members.get(id) ?? [id]))
  return network.nodes.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
}

function choiceOf(network: NetworkDocument, ids: readonly string[]): Choice | Refusal {
  const tree = moduleTree(network)
  const chosen = new Set(layersOf(network, ids))
  const named = new Set(ids)
  // A module that is chosen stands for all that is in it, in whatever other way that is chosen as well.
  const items = [...chosen].map((id) => modulesAround(tree, id).findLast((module) => named.has(module)) ?? id)
  if (items.length === 0) return { code: 'nothing' }
  const level = commonLevel(tree, items)
  const children = new Set(items.flatMap((id) => childOf(tree, level, id) ?? []))
  const [only, ...others] = children
  if (only !== undefined && others.length === 0 && tree.modules.has(only)) return { code: 'already', item: only }
  const cut = [...children].find((id) => tree.members.get(id)?.some((node) => !chosen.has(node)))
  if (cut !== undefined) return { code: 'cuts', item: cut }
  const outside = between(network, level, children)
  return outside === undefined ? { level, children } : { code: 'returns', item: outside }
}

/** Why some layers and modules cannot become one module; undefined: they can. */
export function whyNoModule(network: NetworkDocument, ids: readonly string[]): Refusal | undefined {
  const choice = choiceOf(network, ids)
  return 'code' in choice ? choice : undefined
}

/**
 * Makes layers and modules one closed module with a free name; its id is undefined where `whyNoModule` says why it
 * cannot be. What stands below comes nearer.
 */
export function makeModule(
  network: NetworkDocument,
  ids: readonly string[],
  own: Partial<Pick<NetworkModule, 'name' | 'recipe'>> = {},
): { network: NetworkDocument; id: string | undefined } {
  const choice = choiceOf(network, ids)
  if ('code' in choice) return { network, id: undefined }
  const { level, children } = choice
  const id = freeId(network, 'module')
  const content = contentBox(network, [...children])
  const position = { x: Math.round(content.x + (content.width - cardWidth) / 2), y: content.y }
  const module: NetworkModule = {
    id,
    name: freeModuleName(network),
    position,
    ...own,
    ...(level === undefined ? {} : { parent: level }),
  }
  const made = produce(network, (draft) => {
    draft.modules = [...(draft.modules ?? []), module]
    for (const node of draft.nodes) if (children.has(node.id)) node.module = id
    for (const one of draft.modules) if (children.has(one.id)) one.parent = id
  })
  const card = cardById(made, id)
  const taller = (card ? cardHeight(card) : 0) - content.height
  return { network: shiftBelow(made, id, content.y + content.height, taller), id }
}

function contentBox(network: NetworkDocument, ids: readonly string[]) {
  const frames = framesOf(network)
  const boxes = ids.flatMap((id) => {
    const card = surfaceOf(network).nodes.find((node) => node.id === id)
    const frame = frames.get(id)
    return card ? [{ ...card.position, width: cardWidth, height: cardHeight(card) }] : frame ? [frame] : []
  })
  return boxAround(boxes) ?? { x: 0, y: 0, width: cardWidth, height: 0 }
}

function changeModule(
  network: NetworkDocument,
  id: string,
  change: (module: NetworkModule) => NetworkModule,
): NetworkDocument {
  if (!network.modules?.some((module) => module.id === id)) return network
  return { ...network, modules: network.modules.map((module) => (module.id === id ? change(module) : module)) }
}

/** Shows a closed module's layers in a frame where its card stood; what the frame would cover moves away. */
export function openModule(network: NetworkDocument, id: string): NetworkDocument {
  const module = moduleTree(network).modules.get(id)
  const card = cardById(network, id)
  if (!module || module.open || card?.id !== id) return network
  const opened = changeModule(network, id, (one) => ({ ...one, open: true }))
  const frame = framesOf(opened).get(id)
  if (!frame) return opened
  const { x, y } = module.position
  const inPlace = moveInside(opened, id, { x: Math.round(x + (cardWidth - frame.width) / 2 - frame.x), y: y - frame.y })
  const bottom = y + cardHeight(card)
  return shiftAside(shiftBelow(inPlace, id, bottom, frame.height - cardHeight(card)), id)
}

/** Shows an open module as one card again; what stands below comes as near as it was before the module was opened. */
export function closeModule(network: NetworkDocument, id: string): NetworkDocument {
  const module = moduleTree(network).modules.get(id)
  const frame = framesOf(network).get(id)
  if (!module?.open || !frame) return network
  const position = { x: Math.round(frame.x + (frame.width - cardWidth) / 2), y: frame.y }
  const closed = changeModule(network, id, ({ open: _open, ...rest }) => ({ ...rest, position }))
  const card = cardById(closed, id)
  return shiftBelow(closed, id, frame.y + frame.height, (card ? cardHeight(card) : 0) - frame.height)
}

/** Moves all that is in a module. */
function moveInside(network: NetworkDocument, id: string, { x, y }: Position): NetworkDocument {
  if (x === 0 && y === 0) return network
  const tree = moduleTree(network)
  const cards = surfaceOf(network).nodes.filter((card) => modulesAround(tree, card.id).includes(id))
  return moveNodes(network, new Map(cards.map((card) => [card.id, { x: card.position.x + x, y: card.position.y + y }])))
}

/** Lets the layers of a module be layers of what it is in; they stand as they stood while it was open. */
export function dissolveModule(network: NetworkDocument, id: string): NetworkDocument {
  const opened = openModule(network, id)
  const parent = moduleTree(network).parents.get(id)
  if (!network.modules?.some((module) => module.id === id)) return network
  return produce(opened, (draft) => {
    for (const node of draft.nodes) if (node.module === id) putInto(node, parent)
    draft.modules = (draft.modules ?? []).filter((module) => module.id !== id)
    for (const module of draft.modules) {
      if (module.parent !== id) continue
      if (parent === undefined) delete module.parent
      else module.parent = parent
    }
    if (draft.modules.length === 0) delete draft.modules
  })
}

/** Renames a module, all its uses alike. An empty name, or one that another module has, changes nothing. */
export function renameModule(network: NetworkDocument, id: string, name: string): NetworkDocument {
  const wanted = name.trim().slice(0, 80)
  const uses = new Set(usesOf(network, id))
  const { modules = [] } = network
  if (wanted === '' || uses.size === 0 || modules.some((module) => module.name === wanted)) return network
  return { ...network, modules: modules.map((one) => (uses.has(one.id) ? { ...one, name: wanted } : one)) }
}

/** Whether a use of a module computes with the weights of another one, layer by layer; `differs`: not made of the same. */
export type Sharing = 'tied' | 'own' | 'partly' | 'differs'

/** How two uses of a module share weights. Layers that could not be tied do not count. */
export function sharing(
  network: NetworkDocument,
  use: string,
  other: string,
  hasWeights: (id: string) => boolean,
): Sharing {
  const pairs = counterparts(network, use, other)
  if (!pairs) return 'differs'
  const weighted = [...pairs].filter(([id, twin]) => hasWeights(id) || hasWeights(twin))
  const tied = weighted.filter(([id, twin]) => ownerOf(network, id) === ownerOf(network, twin)).length
  const all = weighted.length > 0 && tied === weighted.length
  return all ? 'tied' : tied === 0 ? 'own' : 'partly'
}

/** Lets a use of a module compute with the weights of another one; uses that are made of other layers stay as they are. */
export function tieModule(network: NetworkDocument, use: string, to: string): NetworkDocument {
  const pairs = counterparts(network, use, to)
  if (!pairs || use === to) return network
  return [...pairs].reduce((next, [id, twin]) => tie(next, id, twin), network)
}

/** Gives the layers of a module weights of their own; those that are tied to each other stay so. */
export function untieModule(network: NetworkDocument, use: string): NetworkDocument {
  const members = moduleTree(network).members.get(use) ?? []
  const first = new Map<string, string>()
  return members.reduce(
    (next, id) => {
      const owner = ownerOf(network, id)
      const twin = first.get(owner)
      if (twin !== undefined) return tie(next, id, twin)
      first.set(owner, id)
      return next
    },
    members.reduce(untie, network),
  )
}

/** A module with all that is in it and in no other one, as a piece to be added or kept; undefined for an unknown one. */
export function modulePiece(from: NetworkDocument, id: string): Piece | undefined {
  // Closed, its card stands where its layers do.
  const network = closeModule(from, id)
  const tree = moduleTree(network)
  const members = tree.members.get(id)
  if (!members || members.length === 0) return undefined
  const { nodes, wires } = pieceOf(network, members)
  const modules = [...tree.modules.values()].flatMap((module): NetworkModule[] => {
    if (module.id === id) return [detached(module)]
    return modulesAround(tree, module.id).includes(id) ? [module] : []
  })
  return { nodes, wires, modules }
}

/** A module closed, and in no other one. */
function detached({ parent: _parent, open: _open, ...own }: NetworkModule): NetworkModule {
  return own
}

/** Adds a further use of a module beside it, closed: tied to it, or with weights of its own. */
export function copyModule(
  network: NetworkDocument,
  id: string,
  { tied }: { readonly tied: boolean },
): { network: NetworkDocument; id: string | undefined } {
  const piece = modulePiece(network, id)
  if (!piece?.modules) return { network, id: undefined }
  const offset = freeOffset(network, surfaceOf(piece).nodes)
  const added = addCopies(network, piece.nodes, piece.wires, offset, piece.modules)
  const copy = added.modules[piece.modules.findIndex((module) => module.id === id)]
  return { network: tied && copy !== undefined ? tieModule(added.network, copy, id) : added.network, id: copy }
}
