import type { NetworkDocument, NetworkNode } from './document'
import { moveNodes, type Position } from './edit'
import { cardHeight, cardWidth } from './place'
import { surfaceOf } from './surface'

/** Ways to line cards up: by an edge or their middles, or with the same room between neighbours. */
export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom', 'columns', 'rows'] as const
export type Alignment = (typeof alignments)[number]

/** How many cards an alignment needs: of two, nothing lies between. */
export function cardsToAlign(alignment: Alignment): number {
  return alignment === 'columns' || alignment === 'rows' ? 3 : 2
}

interface Extent {
  readonly start: number
  readonly length: number
}

/** Lines the chosen cards up. `columns` spreads them evenly from left to right, `rows` from top to bottom. */
export function align(network: NetworkDocument, ids: readonly string[], alignment: Alignment): NetworkDocument {
  const chosen = new Set(ids)
  const nodes = surfaceOf(network).nodes.filter(({ id }) => chosen.has(id))
  if (nodes.length < cardsToAlign(alignment)) return network
  const across = alignment === 'left' || alignment === 'centre' || alignment === 'right' || alignment === 'columns'
  const extents = nodes.map((node) => (across ? horizontal(node) : vertical(node)))
  const starts = alignment === 'columns' || alignment === 'rows' ? spread(extents) : lined(extents, alignment)
  return moveNodes(network, new Map(nodes.map((node, n) => [node.id, moved(node, across, starts[n] ?? 0)])))
}

function horizontal({ position }: NetworkNode): Extent {
  return { start: position.x, length: cardWidth }
}

function vertical(node: NetworkNode): Extent {
  return { start: node.position.y, length: cardHeight(node) }
}

function moved({ position }: NetworkNode, across: boolean, start: number): Position {
  return across ? { x: Math.round(start), y: position.y } : { x: position.x, y: Math.round(start) }
}

function lined(extents: readonly Extent[], alignment: Alignment): number[] {
  const low = Math.min(...extents.map(({ start }) => start))
  const high = Math.max(...extents.map(({ start, length }) => start + length))
  return extents.map(({ length }) => {
    if (alignment === 'left' || alignment === 'top') return low
    return alignment === 'right' || alignment === 'bottom' ? high - length : (low + high - length) / 2
  })
}

/** The first and the last stay; what is between them gets the same room on both sides. */
function spread(extents: readonly Extent[]): number[] {
  const order = extents.map((extent, n) => ({ ...extent, n })).sort((one, other) => one.start - other.start)
  const [first, last] = [order[0], order.at(-1)]
  if (!first || !last) return []
  const taken = order.reduce((sum, { length }) => sum + length, 0)
  const room = (last.start + last.length - first.start - taken) / (order.length - 1)
  const starts: number[] = []
  let at = first.start
  for (const { n, length } of order) {
    starts[n] = at
    at += length + room
  }
  return starts
}
