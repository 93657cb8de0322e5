import { useVueFlow, type NodeDragEvent } from '@vue-flow/core'
import { shallowRef } from 'vue'
import { nodeById } from '@shared/network/document'
import { inputsOf } from '@shared/network/edit'
import { cardHeight, cardWidth } from '@shared/network/place'
import { layerKind } from '@shared/layers/registry'
import { useDocumentStore } from '@/stores/document'
import { draggedKind } from '../palette/dragged-kind'
import type { DesignActions, DropTarget } from '../use-design-actions'
import { dropTarget } from './geometry'
import { droppedAt } from './use-canvas-sync'

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
    const positions = droppedAt(nodes)
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
