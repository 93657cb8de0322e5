import type { Comparison } from '@shared/network/compare'
import type { NetworkDocument, NetworkNode } from '@shared/network/document'
import type { Translate } from '@shared/network/names'
import { freeOffset } from '@shared/network/place'
import { cardIdOf, surfaceOf } from '@shared/network/surface'
import { layerViews, type LayerView } from '../network-view'
import type { CanvasEdge, CanvasNode } from './use-canvas-sync'

/** The id on the canvas of something that the network compared with has alone; no id of a document has a space. */
export function ghostId(id: string): string {
  return `gone ${id}`
}

/** The layers and wires that the network compared with has alone, as pictures beside those that there are. */
export function ghosts(
  network: NetworkDocument,
  other: NetworkDocument,
  { changes, partners }: Comparison,
  translate: Translate,
): { nodes: CanvasNode[]; edges: CanvasEdge[] } {
  const gone = changes.flatMap(({ before, after }) => (before && !after ? [before] : []))
  if (gone.length === 0) return { nodes: [], edges: [] }
  const views = layerViews(other, new Map(gone.map((facts) => [facts.node.id, facts])), [], translate)
  // One after the other takes its place, so that none covers another.
  const placed: NetworkNode[] = [...surfaceOf(network).nodes]
  const nodes = gone.flatMap(({ node }): CanvasNode[] => {
    const view = views.get(node.id)
    if (!view) return []
    const { x, y } = freeOffset({ nodes: placed, wires: [] }, [node])
    const position = { x: node.position.x + x, y: node.position.y + y }
    placed.push({ ...node, position })
    return [ghostNode(view, position)]
  })
  const ids = new Set(gone.map(({ node }) => node.id))
  const end = (id: string) => (ids.has(id) ? ghostId(id) : cardIdOf(network, partners.get(id) ?? id))
  const edges = other.wires
    .filter(({ from, to }) => ids.has(from) || ids.has(to))
    .map(({ id, from, to }) => ghostEdge(id, end(from), end(to)))
  return { nodes, edges }
}

function ghostNode(view: LayerView, position: { x: number; y: number }): CanvasNode {
  return {
    id: ghostId(view.id),
    type: 'ghost',
    position,
    data: view,
    selectable: false,
    draggable: false,
    connectable: false,
    focusable: false,
    ariaLabel: view.name,
    domAttributes: { role: 'img' },
  }
}

function ghostEdge(id: string, source: string, target: string): CanvasEdge {
  return {
    id: ghostId(id),
    type: 'wire',
    source,
    target,
    sourceHandle: 'out',
    targetHandle: 'in-0',
    selectable: false,
    data: { shape: null, alone: false, lane: undefined, gone: true },
  }
}
