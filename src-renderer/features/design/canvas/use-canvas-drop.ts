import { useVueFlow, type NodeDragEvent } from '@vue-flow/core'
import { shallowRef } from 'vue'
import { nodeById, type NetworkDocument } from '@shared/network/document'
import { inputsOf, type Position } from '@shared/network/edit'
import { framesOf } from '@shared/network/frames'
import { modulesAround, moduleTree } from '@shared/network/module-tree'
import { cardHeight, cardWidth } from '@shared/network/place'
import { moduleCard, surfaceOf } from '@shared/network/surface'
import { layerKind } from '@shared/layers/registry'
import { useDocumentStore } from '@/stores/document'
import { draggedKind } from '../palette/dragged-kind'
import type { DesignActions, DropTarget } from '../use-design-actions'
import { dropTarget } from './geometry'
import { ownId } from './frames'
import { droppedAt, seenOf } from './use-canvas-sync'

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

/** The cards that were dragged: a frame that was dragged alone takes along what is in it. */
export function movedFrames(
  network: NetworkDocument,
  dragged: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> {
  const frames = framesOf(network)
  const cards = new Map([...dragged].filter(([id]) => !frames.has(id)))
  const tree = moduleTree(network)
  for (const [id, { x, y }] of dragged) {
    const frame = frames.get(id)
    if (!frame) continue
    for (const card of surfaceOf(network).nodes) {
      if (cards.has(card.id) || !modulesAround(tree, card.id).includes(id)) continue
      cards.set(card.id, { x: card.position.x + x - frame.x, y: card.position.y + y - frame.y })
    }
  }
  return cards
}

/**
 * Dropping on the canvas: new layers out of the palette, which `add` takes with the place of the pointer on screen, and
 * cards that were dragged about.
 */
export function useCanvasDrop(
  canvasId: string,
  actions: DesignActions,
  add: (kind: string, target: DropTarget, at: Position) => void,
) {
  const store = useDocumentStore()
  const { screenToFlowCoordinate } = useVueFlow(canvasId)
  /** Where the layer in the person's hand would go now. */
  const target = shallowRef<DropTarget | null>(null)

  function targetOf(event: DragEvent, kind: string): DropTarget {
    const point = screenToFlowCoordinate({ x: event.clientX, y: event.clientY })
    return dropTarget(store.surface, point, (layerKind(kind)?.inputs.max ?? 1) > 0)
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
    add(draggedKind.value, targetOf(event, draggedKind.value), { x: event.clientX, y: event.clientY })
  }

  /** Cards were dragged: one step of the history. One that stands alone and lands on a wire goes into it. */
  function moved({ nodes }: NodeDragEvent): void {
    const dropped = movedFrames(
      store.network,
      droppedAt(nodes.map(({ id, position }) => ({ id: ownId(id), position }))),
    )
    const positions = withSelected(store.surface, [...seenOf(store.network, store.selection)], dropped)
    actions.move(positions)
    const [id, ...others] = positions.keys()
    if (id === undefined || others.length > 0) return
    const { surface } = store
    const node = nodeById(surface, id)
    if (!node || surface.wires.some((wire) => wire.from === id || wire.to === id)) return
    const middle = { x: node.position.x + cardWidth / 2, y: node.position.y + cardHeight(node) / 2 }
    const rest = { ...surface, nodes: surface.nodes.filter((one) => one.id !== id) }
    const under = dropTarget(rest, middle, inputsOf(node) > 0)
    if (under.kind !== 'wire') return
    if (node.kind === moduleCard) actions.modules.join(under.wire, id)
    else actions.join(under.wire, id)
  }

  return { target, over, leave, drop, moved }
}
