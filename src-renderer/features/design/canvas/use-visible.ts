import { useVueFlow } from '@vue-flow/core'
import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { NetworkDocument } from '@shared/network/document'
import { cardHeight, cardWidth } from '@shared/network/place'
import { useDocumentStore } from '@/stores/document'
import { canvasId } from './use-canvas-view'

/** A part of the canvas, in its own units. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Networks of more cards are not kept on the canvas as a whole: only what is on screen, and a little around it. */
const manyCards = 200
/** Below this zoom no text can be read: the cards of a large network are drawn as a picture. */
const farZoom = 0.4
/** How much of the screen's size is kept ready on each side, so that a small move brings nothing new. */
const margin = 0.25

export interface Visible {
  /** The cards to be on the canvas, with those at the other ends of their wires; null: all. */
  readonly ids: ComputedRef<ReadonlySet<string> | null>
  /** The network is drawn as one picture; there are no cards. */
  readonly far: ComputedRef<boolean>
}

/** Which cards are on the canvas. */
export function useVisible(): Visible {
  const store = useDocumentStore()
  const { viewport, dimensions } = useVueFlow(canvasId)
  const ready = shallowRef<Area | null>(null)
  const large = computed(() => store.surface.nodes.length > manyCards)
  const far = computed(() => large.value && viewport.value.zoom < farZoom)

  watch(
    [viewport, dimensions, large],
    () => {
      const { width } = dimensions.value
      if (!large.value || width === 0) return
      const view = areaOf(viewport.value, dimensions.value)
      const wanted = widened(view)
      if (!ready.value || !holds(ready.value, view) || !holds(widened(wanted), ready.value)) ready.value = wanted
    },
    { deep: true, immediate: true, flush: 'sync' },
  )

  const ids = computed(() => {
    if (!large.value) return null
    if (far.value || !ready.value) return new Set<string>()
    return cardsWithin(store.surface, ready.value)
  })
  return { ids, far }
}

/** The cards in a part of the canvas, and those at the ends of wires that run through it. */
export function cardsWithin(network: NetworkDocument, area: Area): Set<string> {
  const boxes = new Map(network.nodes.map((node) => [node.id, boxOf(node)]))
  const ids = new Set([...boxes].flatMap(([id, box]) => (meet(box, area) ? [id] : [])))
  for (const { from, to } of network.wires) {
    const [source, target] = [boxes.get(from), boxes.get(to)]
    if (source && target && meet(around(source, target), area)) ids.add(from).add(to)
  }
  return ids
}

function boxOf(node: NetworkDocument['nodes'][number]): Area {
  const { x, y } = node.position
  return { left: x, top: y, right: x + cardWidth, bottom: y + cardHeight(node) }
}

function around(one: Area, other: Area): Area {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }
}

function meet(one: Area, other: Area): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}

function holds(outer: Area, inner: Area): boolean {
  return (
    outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right && outer.bottom >= inner.bottom
  )
}

function widened({ left, top, right, bottom }: Area): Area {
  const [dx, dy] = [margin * (right - left), margin * (bottom - top)]
  return { left: left - dx, top: top - dy, right: right + dx, bottom: bottom + dy }
}

function areaOf(
  { x, y, zoom }: { readonly x: number; readonly y: number; readonly zoom: number },
  { width, height }: { readonly width: number; readonly height: number },
): Area {
  return { left: -x / zoom, top: -y / zoom, right: (width - x) / zoom, bottom: (height - y) / zoom }
}
