import { graphlib, layout } from '@dagrejs/dagre'

interface Place {
  readonly x: number
  readonly y: number
}

interface Box extends Place {
  readonly id: string
  readonly width: number
  readonly height: number
  /** What stands in it, where it is a frame: laid out by itself, it decides the frame's size. */
  readonly inside?: Boxes
}

/** A card as far as its place is concerned, and a wire: plain data, which a worker can be sent. */
export interface Boxes {
  readonly nodes: readonly Box[]
  readonly wires: readonly { readonly id: string; readonly from: string; readonly to: string }[]
  readonly gap: number
  /** The room between a frame and what stands in it. */
  readonly room: { readonly side: number; readonly top: number; readonly bottom: number }
}

/** From so many cards on, ranks are found by longest paths: the best ones would take minutes. */
const manyCards = 600

/**
 * Places for all cards, in layers from top to bottom with few crossings (dagre: Gansner et al., "A Technique for
 * Drawing Directed Graphs", 1993). The first card keeps its place, so that the view does not jump; what stands in a
 * frame is laid out by itself.
 */
export function layeredPlaces(boxes: Boxes): [id: string, place: Place][] {
  const { places } = laidOut(boxes)
  const [first, firstPlace] = places[0] ?? []
  const anchor = first === undefined ? undefined : cardIn(boxes, first)
  if (!anchor || !firstPlace) return []
  const [dx, dy] = [anchor.x - firstPlace.x, anchor.y - firstPlace.y]
  return places.map(([id, { x, y }]) => [id, { x: Math.round(x + dx), y: Math.round(y + dy) }])
}

function cardIn({ nodes }: Boxes, id: string): Box | undefined {
  for (const box of nodes) {
    const found = box.inside ? cardIn(box.inside, id) : box.id === id ? box : undefined
    if (found) return found
  }
  return undefined
}

interface Layout {
  /** Of all cards, those in frames too. */
  readonly places: readonly [id: string, place: Place][]
  readonly width: number
  readonly height: number
}

/** Lays boxes out with the corner of all at 0, 0. */
function laidOut({ nodes, wires, gap, room }: Boxes): Layout {
  const contents = new Map(nodes.flatMap(({ id, inside }) => (inside ? [[id, laidOut(inside)] as const] : [])))
  const sizes = nodes.map(({ id, width, height }) => {
    const content = contents.get(id)
    if (!content) return { id, width, height }
    return { id, width: content.width + 2 * room.side, height: content.height + room.top + room.bottom }
  })
  const graph = new graphlib.Graph({ multigraph: true })
  const ranker = nodes.length > manyCards ? 'longest-path' : 'network-simplex'
  graph.setGraph({ rankdir: 'TB', nodesep: gap, ranksep: gap, ranker })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of sizes) graph.setNode(id, { width, height })
  for (const { id, from, to } of wires) graph.setEdge(from, to, {}, id)
  layout(graph)
  const corners = sizes.map(({ id, width, height }) => {
    const { x = 0, y = 0 } = graph.node(id)
    return { id, width, height, x: x - width / 2, y: y - height / 2 }
  })
  const least = (values: number[]) => values.reduce((low, value) => Math.min(low, value), Infinity)
  const most = (values: number[]) => values.reduce((high, value) => Math.max(high, value), -Infinity)
  const [left, upper] = [least(corners.map(({ x }) => x)), least(corners.map(({ y }) => y))]
  const places = corners.flatMap(({ id, ...corner }): [string, Place][] => {
    const [x, y] = [corner.x - left, corner.y - upper]
    const inner = contents.get(id)?.places
    return inner?.map(([card, at]) => [card, { x: x + room.side + at.x, y: y + room.top + at.y }]) ?? [[id, { x, y }]]
  })
  return {
    places,
    width: most(corners.map(({ x, width }) => x + width)) - left,
    height: most(corners.map(({ y, height }) => y + height)) - upper,
  }
}
