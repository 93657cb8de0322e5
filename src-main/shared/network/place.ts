import { layerKind } from '../layers/registry'
import type { NetworkDocument, NetworkNode } from './document'
import { moveNodes, reachable, type Position } from './edit'
import { cardById, moduleCard, surfaceOf } from './surface'

/** A card's width on the canvas and the room between cards, in canvas units (pixels at a zoom of 1). */
export const cardWidth = 168
export const gap = 36
const moduleHeight = 84

const heights = new WeakMap<NetworkNode['values'], { readonly kind: string; readonly height: number }>()

/** A card's height: modules have four rows, sources and layers with a setting to show three, the others two. */
export function cardHeight({ kind: name, values }: Pick<NetworkNode, 'kind' | 'values'>): number {
  if (name === moduleCard) return moduleHeight
  const known = heights.get(values)
  if (known?.kind === name) return known.height
  const kind = layerKind(name)
  const height = !kind || kind.inputs.max === 0 || kind.summary(values) !== '' ? 68 : 52
  heights.set(values, { kind: name, height })
  return height
}

/** The place of a card under another one, in the same column. */
export function below(node: NetworkNode): Position {
  return { x: node.position.x, y: node.position.y + cardHeight(node) + gap }
}

/** The place nearest to a wish, to its right, where a card covers no other. */
export function freePlace(network: NetworkDocument, wish: Position, height = 68): Position {
  let place = wish
  for (;;) {
    const covered = cardUnder(surfaceOf(network).nodes, place, height)
    if (!covered) return place
    place = { x: covered.position.x + cardWidth + gap, y: wish.y }
  }
}

/** How far to the right a group of cards must stand from where it is so that none of them covers another card. */
export function freeOffset(network: NetworkDocument, cards: readonly NetworkNode[]): Position {
  const cells = inCells(surfaceOf(network).nodes)
  const covers = (x: number) =>
    cards.some((card) => {
      const place = { x: card.position.x + x, y: card.position.y }
      const near = cellsOf(place, cardHeight(card)).flatMap((cell) => cells.get(cell) ?? [])
      return cardUnder(near, place, cardHeight(card)) !== undefined
    })
  let x = 0
  while (covers(x)) x += cardWidth + gap
  return { x, y: 0 }
}

/** The cards by the squares of a grid that they lie in, so that only near ones are compared. */
function inCells(nodes: readonly NetworkNode[]): ReadonlyMap<string, NetworkNode[]> {
  const cells = new Map<string, NetworkNode[]>()
  for (const node of nodes) {
    for (const cell of cellsOf(node.position, cardHeight(node))) {
      const known = cells.get(cell)
      if (known) known.push(node)
      else cells.set(cell, [node])
    }
  }
  return cells
}

function cellsOf({ x, y }: Position, height: number): string[] {
  const columns = [Math.floor(x / cardWidth), Math.floor((x + cardWidth) / cardWidth)]
  const rows = [Math.floor(y / cardWidth), Math.floor((y + height) / cardWidth)]
  return [...new Set(columns.flatMap((column) => rows.map((row) => `${column} ${row}`)))]
}

function cardUnder(cards: readonly NetworkNode[], { x, y }: Position, height: number): NetworkNode | undefined {
  return cards.find(
    (node) =>
      x < node.position.x + cardWidth &&
      node.position.x < x + cardWidth &&
      y < node.position.y + cardHeight(node) &&
      node.position.y < y + height,
  )
}

/** Moves everything behind a layer or a closed module down as far as needed for its card to stand clear above it. */
export function makeRoom(network: NetworkDocument, id: string): NetworkDocument {
  const card = cardById(network, id)
  if (!card) return network
  const surface = surfaceOf(network)
  const behind = new Set(surface.wires.filter((wire) => wire.from === card.id).map((wire) => wire.to))
  const tops = surface.nodes.filter((one) => behind.has(one.id)).map((one) => one.position.y)
  const shift = below(card).y - Math.min(...tops)
  if (tops.length === 0 || shift <= 0) return network
  const moved = reachable(surface, card.id)
  return moveNodes(
    network,
    new Map(
      surface.nodes
        .filter((one) => one.id !== card.id && moved.has(one.id))
        .map((one) => [one.id, { x: one.position.x, y: one.position.y + shift }]),
    ),
  )
}
