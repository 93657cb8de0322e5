import type { Graph, GraphNode } from './graph'

/** The operations that some others need, and these themselves, in the order in which they were added. */
export function neededBy(graph: Graph, wanted: readonly string[]): GraphNode[] {
  const needed = new Set(wanted)
  const found: GraphNode[] = []
  for (const node of [...graph.nodes].reverse()) {
    if (!needed.has(node.name)) continue
    found.push(node)
    for (const input of node.inputs) needed.add(input.node)
    for (const before of node.after) needed.add(before)
  }
  return found.reverse()
}
