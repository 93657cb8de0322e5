import type { NetworkNode } from '@shared/network/document'
import type { Position } from '@shared/network/edit'
import { cardHeight, cardWidth, gap } from '@shared/network/place'

/** A straight part of a wire. */
export interface Segment {
  readonly from: Position
  readonly to: Position
}

/** Where wires leave a card. */
export function bottom(node: NetworkNode): Position {
  return { x: node.position.x + cardWidth / 2, y: node.position.y + cardHeight(node) }
}

/** Where wires come to a card, more or less: its ports stand side by side. */
export function top(node: NetworkNode): Position {
  return { x: node.position.x + cardWidth / 2, y: node.position.y }
}

/** The straight parts of an orthogonal wire: down, across at half height, down; or down in a lane beside its ends. */
export function wireSegments(from: Position, to: Position, lane?: number): Segment[] {
  const corners = forward(from, to, lane)
  return corners.slice(1).map((corner, n) => ({ from: corners[n] ?? from, to: corner }))
}

/** How far a wire that goes round runs on before it turns; one to a card right below needs no more than a gap. */
const turn = 10

/**
 * The drawing of a wire and its middle: straight parts with rounded corners. One whose target stands above its source
 * leaves downwards, goes round beside both and arrives from above; one with a lane goes down in it.
 */
export function wirePath(from: Position, to: Position, lane?: number): { path: string; middle: Position } {
  const corners = to.y - from.y >= gap / 4 ? forward(from, to, lane) : around(from, to)
  return { path: rounded(corners, 8), middle: middleOf(corners) }
}

function forward(from: Position, to: Position, lane?: number): Position[] {
  const middle = (from.y + to.y) / 2
  const [x, leave, arrive] = lane === undefined ? [to.x, middle, middle] : [lane, from.y + turn, to.y - turn]
  return straightened([from, { x: from.x, y: leave }, { x, y: leave }, { x, y: arrive }, { x: to.x, y: arrive }, to])
}

/** The corners without those that lie on the straight line between their neighbours. */
function straightened(corners: readonly Position[]): Position[] {
  return corners.reduce<Position[]>((kept, corner) => {
    const [before, last] = kept.slice(-2)
    const straight =
      before && last && (['x', 'y'] as const).some((axis) => before[axis] === last[axis] && last[axis] === corner[axis])
    return [...(straight ? kept.slice(0, -1) : kept), corner]
  }, [])
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
