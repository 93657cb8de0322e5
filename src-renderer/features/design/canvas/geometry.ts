import type { NetworkDocument } from '@shared/network/document'
import { nodeById } from '@shared/network/document'
import type { Position } from '@shared/network/edit'
import { cardHeight, cardWidth } from '@shared/network/place'
import type { DropTarget } from '../use-design-actions'
import { lanesOf } from './lanes'
import { bottom, top, wireSegments, type Segment } from './wires'

/** How near to a wire, and how far below an open end, a dropped layer still belongs to it; in canvas units. */
const wireReach = 40
const endReach = 120

function distance(point: Position, { from, to }: Segment): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length
  const t = Math.max(0, Math.min(1, along))
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy)
}

/** The wire nearest to a point, if one is near enough. */
export function wireAt(network: NetworkDocument, point: Position): string | undefined {
  const lanes = lanesOf(network)
  let best: { id: string; distance: number } | undefined
  for (const wire of network.wires) {
    const [from, to] = [nodeById(network, wire.from), nodeById(network, wire.to)]
    if (!from || !to) continue
    const parts = wireSegments(bottom(from), top(to), lanes.get(wire.id))
    const near = Math.min(...parts.map((segment) => distance(point, segment)))
    if (near <= wireReach && near < (best?.distance ?? Infinity)) best = { id: wire.id, distance: near }
  }
  return best?.id
}

/** The card that covers a point. */
export function cardAt(network: NetworkDocument, { x, y }: Position): string | undefined {
  return network.nodes.findLast(
    (node) =>
      x >= node.position.x &&
      x <= node.position.x + cardWidth &&
      y >= node.position.y &&
      y <= node.position.y + cardHeight(node),
  )?.id
}

/** An open end in whose column, close below it, a point lies. */
function endAbove(network: NetworkDocument, point: Position): string | undefined {
  const sources = new Set(network.wires.map((wire) => wire.from))
  return network.nodes.find((node) => {
    const { x, y } = bottom(node)
    return !sources.has(node.id) && Math.abs(point.x - x) <= cardWidth / 2 && point.y >= y && point.y - y <= endReach
  })?.id
}

/**
 * Where a layer that is dropped at a point goes: behind the card under it, into the wire near it, behind the open end
 * above it, or just there. A layer that takes no input always goes just there.
 */
export function dropTarget(network: NetworkDocument, point: Position, takesInput: boolean): DropTarget {
  const place: DropTarget = { kind: 'place', position: { x: point.x - cardWidth / 2, y: point.y - 34 } }
  if (!takesInput) return place
  const card = cardAt(network, point)
  if (card) return { kind: 'behind', node: card }
  const wire = wireAt(network, point)
  if (wire) return { kind: 'wire', wire }
  const end = endAbove(network, point)
  return end ? { kind: 'behind', node: end } : place
}

/** The box around all cards; undefined for an empty network. */
export function boundsOf(
  network: NetworkDocument,
): { x: number; y: number; width: number; height: number } | undefined {
  if (network.nodes.length === 0) return undefined
  const left = Math.min(...network.nodes.map(({ position }) => position.x))
  const upper = Math.min(...network.nodes.map(({ position }) => position.y))
  const right = Math.max(...network.nodes.map(({ position }) => position.x + cardWidth))
  const lower = Math.max(...network.nodes.map((node) => node.position.y + cardHeight(node)))
  return { x: left, y: upper, width: right - left, height: lower - upper }
}
