import { graphlib, layout } from '@dagrejs/dagre'
import type { NetworkDocument } from '@shared/network/document'
import type { Position } from '@shared/network/edit'
import { cardHeight, cardWidth, gap } from '@shared/network/place'

/**
 * Places for all cards, in layers from top to bottom with few crossings (dagre: Gansner et al., "A Technique for
 * Drawing Directed Graphs", 1993). The first card of the document keeps its place, so that the view does not jump.
 */
export function tidyPositions(network: NetworkDocument): ReadonlyMap<string, Position> {
  const [anchor] = network.nodes
  if (!anchor) return new Map()
  const graph = new graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'TB', nodesep: gap, ranksep: gap })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const node of network.nodes) graph.setNode(node.id, { width: cardWidth, height: cardHeight(node) })
  for (const wire of network.wires) graph.setEdge(wire.from, wire.to, {}, wire.id)
  layout(graph)
  const corners = new Map(
    network.nodes.map((node) => {
      const { x = 0, y = 0 } = graph.node(node.id)
      return [node.id, { x: x - cardWidth / 2, y: y - cardHeight(node) / 2 }]
    }),
  )
  const first = corners.get(anchor.id) ?? { x: 0, y: 0 }
  const [dx, dy] = [anchor.position.x - first.x, anchor.position.y - first.y]
  return new Map([...corners].map(([id, { x, y }]) => [id, { x: Math.round(x + dx), y: Math.round(y + dy) }]))
}
