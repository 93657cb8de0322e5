import type { NetworkNode, Wire } from '../document'
import { cardHeight, cardWidth, gap } from '../place'

/**
 * Nodes in rows by how many layers are in front of them, each below the rows of its sources: no card covers another.
 * The nodes must stand behind their sources.
 */
export function placed(nodes: readonly NetworkNode[], wires: readonly Wire[]): NetworkNode[] {
  const sources = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { from, to } of wires) sources.get(to)?.push(from)
  const rows = new Map<string, number>()
  for (const { id } of nodes) {
    const before = (sources.get(id) ?? []).map((source) => rows.get(source) ?? 0)
    rows.set(
      id,
      before.reduce((most, row) => Math.max(most, row + 1), 0),
    )
  }
  const heights: number[] = []
  for (const node of nodes) {
    const row = rows.get(node.id) ?? 0
    heights[row] = Math.max(heights[row] ?? 0, cardHeight(node))
  }
  const tops: number[] = []
  heights.reduce((top, height, row) => {
    tops[row] = top
    return top + height + gap
  }, 0)
  const taken = new Map<number, number>()
  return nodes.map((node) => {
    const row = rows.get(node.id) ?? 0
    const column = taken.get(row) ?? 0
    taken.set(row, column + 1)
    return { ...node, position: { x: column * (cardWidth + gap), y: tops[row] ?? 0 } }
  })
}
