import type { NetworkDocument, NetworkNode } from '@shared/network/document'
import { cardHeight, cardWidth, gap } from '@shared/network/place'
import { bottom, top, wireSegments, type Segment } from './wires'

/** Where a wire that would run behind other cards goes down instead, by its id: a place on the x axis beside them. */
export type Lanes = ReadonlyMap<string, number>

/** A longer way round would be harder to follow than one behind cards. */
const longestDetour = 8 * (cardWidth + gap)

const known = new WeakMap<NetworkDocument, Lanes>()

/** The lanes of all wires that need one; computed once for each state of the network. */
export function lanesOf(network: NetworkDocument): Lanes {
  const lanes = known.get(network) ?? findLanes(network)
  known.set(network, lanes)
  return lanes
}

function findLanes(network: NetworkDocument): Lanes {
  const cards = new Map(network.nodes.map((node) => [node.id, node]))
  return new Map(
    network.wires.flatMap(({ id, from, to }): [string, number][] => {
      const [source, target] = [cards.get(from), cards.get(to)]
      const lane = source && target && laneBetween(network, source, target)
      return lane === undefined ? [] : [[id, lane]]
    }),
  )
}

function laneBetween(network: NetworkDocument, source: NetworkNode, target: NetworkNode): number | undefined {
  const [start, end] = [bottom(source), top(target)]
  // No card has room between these, or the wire goes round as it is.
  if (end.y - start.y <= 2 * gap) return undefined
  const between = network.nodes.filter(
    (node) =>
      node !== source && node !== target && node.position.y < end.y && node.position.y + cardHeight(node) > start.y,
  )
  const isFree = (lane?: number) =>
    wireSegments(start, end, lane).every((segment) => !between.some((card) => crosses(segment, card)))
  if (isFree()) return undefined
  const beside = between.flatMap(({ position: { x } }) => [x + cardWidth + gap / 2, x - gap / 2])
  const detour = (lane: number) => Math.abs(lane - start.x) + Math.abs(lane - end.x)
  const most = detour(start.x) + longestDetour
  const near = [start.x, end.x, ...beside].filter((lane) => detour(lane) <= most)
  return near.sort((one, other) => detour(one) - detour(other)).find(isFree)
}

function crosses({ from, to }: Segment, { position: { x, y }, ...node }: NetworkNode): boolean {
  const overlaps = (one: number, other: number, low: number, high: number) =>
    Math.min(one, other) < high && Math.max(one, other) > low
  return overlaps(from.x, to.x, x, x + cardWidth) && overlaps(from.y, to.y, y, y + cardHeight(node))
}
