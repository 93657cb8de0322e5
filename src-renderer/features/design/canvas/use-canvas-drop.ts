import { useVueFlow, type NodeDragEvent } from '@vue-flow/core'
import { shallowRef } from 'vue'
import { nodeById, type NetworkDocument } from '@shared/network/document'
import { inputsOf, type Position } from '@shared/network/edit'
import { cardHeight, cardWidth } from '@shared/network/place'
import { layerKind } from '@shared/layers/registry'
import { useDocumentStore } from '@/stores/document'
import { draggedKind } from '../palette/dragged-kind'
import type { DesignActions, DropTarget } from '../use-design-actions'
import { dropTarget } from './geometry'
import { droppedAt } from './use-canvas-sync'

/** What is selected moves along with what was dragged, also where it lies beyond the screen. */
export function withSelected(
  network: NetworkDocument,
  selection: readonly string[],
  dragged: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> {
  const [first] = dragged
  const from = first && nodeById(network, first[0])
  if (!from || !selection.includes(from.id)) return dragged
  const [dx, dy] = [first[1].x - from.position.x, first[1].y - from.position.y]
  const chosen = new Set(selection)
  const others = network.nodes.filter(({ id }) => chosen.has(id) && !dragged.has(id))
  return new Map([
    ...dragged,
    ...others.map(({ id, position }) => [id, { x: position.x + dx, y: position.y + dy }] as const),
  ])
}

/** Dropping on the canvas: new layers out of the palette, and cards that were dragged about. */
export function useCanvasDrop(canvasId: string, actions: DesignActions) {
  const store = useDocumentStore()
  const { screenToFlowCoordinate } = useVueFlow(canvasId)
  /** Where the layer in the person's hand would go now. */
  const target = shallowRef<DropTarget | null>(null)

  function targetOf(event: DragEvent, kind: string): DropTarget {
    const point = screenToFlowCoordinate({ x: event.clientX, y: event.clientY })
    return dropTarget(store.network, point, (layerKind(kind)?.inputs.max ?? 1) > 0)
  }

  function over(event: DragEvent): void {
    if (draggedKind.value === null) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    target.value = targetOf(event, draggedKind.value)
  }

  function leave(event: DragEvent): void {
    const inside = event.relatedTarget instanceof Node && event.currentTarget instanceof Node
    if (!inside || !event.currentTarget.contains(event.relatedTarget)) target.value = null
  }

  function drop(event: DragEvent): void {
    target.value = null
    if (draggedKind.value === null) return
    event.preventDefault()
    actions.add(draggedKind.value, targetOf(event, draggedKind.value))
  }

  /** Cards were dragged: one step of the history. One that stands alone and lands on a wire goes into it. */
  function moved({ nodes }: NodeDragEvent): void {
    const positions = withSelected(store.network, store.selection, droppedAt(nodes))
    actions.move(positions)
    const [id, ...others] = positions.keys()
    if (id === undefined || others.length > 0) return
    const node = nodeById(store.network, id)
    if (!node || store.network.wires.some((wire) => wire.from === id || wire.to === id)) return
    const middle = { x: node.position.x + cardWidth / 2, y: node.position.y + cardHeight(node) / 2 }
    const rest = { ...store.network, nodes: store.network.nodes.filter((one) => one.id !== id) }
    const under = dropTarget(rest, middle, inputsOf(node) > 0)
    if (under.kind === 'wire') actions.join(under.wire, id)
  }

  return { target, over, leave, drop, moved }
}
