import type { NetworkDocument, NetworkNode } from '@shared/network/document'
import { nodeById } from '@shared/network/document'
import type { Position } from '@shared/network/edit'
import { cardHeight, cardWidth, gap } from '@shared/network/place'
import type { DropTarget } from '../use-design-actions'

/** How near to a wire, and how far below an open end, a dropped layer still belongs to it; in canvas units. */
const wireReach = 40
const endReach = 120

interface Segment {
  readonly from: Position
  readonly to: Position
}

function bottom(node: NetworkNode): Position {
  return { x: node.position.x + cardWidth / 2, y: node.position.y + cardHeight(node) }
}

function top(node: NetworkNode): Position {
  return { x: node.position.x + cardWidth / 2, y: node.position.y }
}

/** The straight parts of an orthogonal wire: down, across at half height, down. */
export function wireSegments(from: Position, to: Position): Segment[] {
  const middle = (from.y + to.y) / 2
  const corners = [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to]
  return corners.slice(1).map((corner, n) => ({ from: corners[n] ?? from, to: corner }))
}

/** How far a wire that goes round runs on before it turns; one to a card right below needs no more than a gap. */
const turn = 10

/**
 * The drawing of a wire and its middle: straight parts with rounded corners. One whose target stands above its source
 * leaves downwards, goes round beside both and arrives from above.
 */
export function wirePath(from: Position, to: Position): { path: string; middle: Position } {
  const corners = to.y - from.y >= gap / 4 ? forward(from, to) : around(from, to)
  return { path: rounded(corners, 8), middle: middleOf(corners) }
}

function forward(from: Position, to: Position): Position[] {
  const y = (from.y + to.y) / 2
  return from.x === to.x ? [from, to] : [from, { x: from.x, y }, { x: to.x, y }, to]
}

function around(from: Position, to: Position): Position[] {
  const apart = Math.abs(to.x - from.x) > cardWidth + 2 * turn
  const x = apart ? (from.x + to.x) / 2 : Math.max(from.x, to.x) + cardWidth / 2 + 2 * turn
  const [below, above] = [from.y + turn, to.y - turn]
  return [from, { x: from.x, y: below }, { x, y: below }, { x, y: above }, { x: to.x, y: above }, to]
}

function rounded(corners: readonly Position[], most: number): string {
  return corners
    .map((corner, n) => {
      const [before, after] = [corners[n - 1], corners[n + 1]]
      if (!before) return `M ${corner.x} ${corner.y}`
      if (!after) return `L ${corner.x} ${corner.y}`
      const [start, end] = [before, after].map((other) => towards(corner, other, most))
      return `L ${start?.x} ${start?.y} Q ${corner.x} ${corner.y} ${end?.x} ${end?.y}`
    })
    .join(' ')
}

/** A point on the way from one corner to another, at most half way. */
function towards(corner: Position, other: Position, most: number): Position {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y)
  const share = length === 0 ? 0 : Math.min(most, length / 2) / length
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share }
}

/** The middle of the longest part: where a label has room. */
function middleOf(corners: readonly Position[]): Position {
  const parts = corners.slice(1).map((to, n) => ({ from: corners[n] ?? to, to }))
  const length = ({ from, to }: Segment) => Math.hypot(to.x - from.x, to.y - from.y)
  const longest = parts.reduce((best, part) => (length(part) > length(best) ? part : best))
  return { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 }
}

function distance(point: Position, { from, to }: Segment): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length
  const t = Math.max(0, Math.min(1, along))
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy)
}

/** The wire nearest to a point, if one is near enough. */
export function wireAt(network: NetworkDocument, point: Position): string | undefined {
  let best: { id: string; distance: number } | undefined
  for (const wire of network.wires) {
    const [from, to] = [nodeById(network, wire.from), nodeById(network, wire.to)]
    if (!from || !to) continue
    const near = Math.min(...wireSegments(bottom(from), top(to)).map((segment) => distance(point, segment)))
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
