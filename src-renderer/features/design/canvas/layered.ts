import { graphlib, layout } from '@dagrejs/dagre'

/** A card as far as its place is concerned, and a wire: plain data, which a worker can be sent. */
export interface Boxes {
  readonly nodes: readonly {
    readonly id: string
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }[]
  readonly wires: readonly { readonly id: string; readonly from: string; readonly to: string }[]
  readonly gap: number
}

/** From so many cards on, ranks are found by longest paths: the best ones would take minutes. */
const manyCards = 600

/**
 * Places for all cards, in layers from top to bottom with few crossings (dagre: Gansner et al., "A Technique for
 * Drawing Directed Graphs", 1993). The first card keeps its place, so that the view does not jump.
 */
export function layeredPlaces({ nodes, wires, gap }: Boxes): [id: string, place: { x: number; y: number }][] {
  const [anchor] = nodes
  if (!anchor) return []
  const graph = new graphlib.Graph({ multigraph: true })
  const ranker = nodes.length > manyCards ? 'longest-path' : 'network-simplex'
  graph.setGraph({ rankdir: 'TB', nodesep: gap, ranksep: gap, ranker })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { id, from, to } of wires) graph.setEdge(from, to, {}, id)
  layout(graph)
  const corners = nodes.map(({ id, width, height }) => {
    const { x = 0, y = 0 } = graph.node(id)
    return { id, x: x - width / 2, y: y - height / 2 }
  })
  const [dx, dy] = [anchor.x - (corners[0]?.x ?? 0), anchor.y - (corners[0]?.y ?? 0)]
  return corners.map(({ id, x, y }) => [id, { x: Math.round(x + dx), y: Math.round(y + dy) }])
}
