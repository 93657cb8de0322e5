import { useVueFlow } from '@vue-flow/core'
import { computed, nextTick } from 'vue'
import type { NetworkDocument, NetworkNode } from '@shared/network/document'
import { nodeById } from '@shared/network/document'
import { cardHeight, cardWidth } from '@shared/network/place'
import { boundsOf } from './geometry'

/** The name of the one canvas; parts of it find its state by this. */
export const canvasId = 'network'

export const zoomRange = { min: 0.15, max: 2 } as const

/** Pixels between the cards and the edges of the canvas; tools and footer stand at its lower edge. */
const margin = { side: 48, top: 24, bottom: 92 } as const

/**
 * What of the canvas is on screen: moves it so that cards can always be found again. `below` is what hangs under the
 * lowest cards, in canvas units.
 */
export function useCanvasView(network: () => NetworkDocument, below: () => number = () => 0) {
  const { viewport, dimensions, setViewport, zoomIn, zoomOut, zoomTo } = useVueFlow(canvasId)
  const zoom = computed(() => viewport.value.zoom)

  /** Whether cards are there and none of them is on screen. */
  const lost = computed(() => {
    const { x, y, zoom: scale } = viewport.value
    const { width, height } = dimensions.value
    const { nodes } = network()
    if (nodes.length === 0 || width === 0) return false
    return nodes.every((node) => {
      const [left, top] = [node.position.x * scale + x, node.position.y * scale + y]
      const [right, bottom] = [left + cardWidth * scale, top + cardHeight(node) * scale]
      return right < 0 || bottom < 0 || left > width || top > height
    })
  })

  /** Shows the whole network, no larger than life. */
  async function fit(animated = true): Promise<void> {
    await nextTick()
    const bounds = boundsOf(network())
    const { width, height } = dimensions.value
    if (!bounds || width === 0) return
    const room = { width: width - 2 * margin.side, height: height - margin.top - margin.bottom }
    const length = bounds.height + below()
    const wanted = Math.min(1, room.width / bounds.width, room.height / length)
    const scale = Math.max(zoomRange.min, wanted)
    await setViewport(
      {
        x: Math.round(width / 2 - (bounds.x + bounds.width / 2) * scale),
        // A network too tall for the smallest zoom is shown from its beginning.
        y: Math.round(margin.top + Math.max(0, (room.height - length * scale) / 2) - bounds.y * scale),
        zoom: scale,
      },
      duration(animated),
    )
  }

  /** Moves the view, as little as needed, until a card is wholly on screen. */
  async function reveal(id: string): Promise<void> {
    await nextTick()
    const node = nodeById(network(), id)
    if (!node || dimensions.value.width === 0) return
    const { x, y, zoom: scale } = viewport.value
    const { dx, dy } = wayInside(node)
    if (dx !== 0 || dy !== 0) await setViewport({ x: x + dx, y: y + dy, zoom: scale }, duration(true))
  }

  /** How far the view must move until a card is wholly on screen. */
  function wayInside(node: NetworkNode): { readonly dx: number; readonly dy: number } {
    const { width, height } = dimensions.value
    const { x, y, zoom: scale } = viewport.value
    return {
      dx: pushInside(node.position.x * scale + x, cardWidth * scale, width),
      dy: pushInside(node.position.y * scale + y, cardHeight(node) * scale, height),
    }
  }

  /** Whether a card is wholly on screen, clear of its edges. */
  function shows(node: NetworkNode): boolean {
    const { dx, dy } = wayInside(node)
    return dx === 0 && dy === 0
  }

  /** Moves the view sideways by pixels of the screen. */
  function moveBy(dx: number): void {
    const { x, y, zoom: scale } = viewport.value
    void setViewport({ x: x + dx, y, zoom: scale })
  }

  return {
    zoom,
    lost,
    fit,
    moveBy,
    reveal,
    shows,
    zoomIn: () => zoomIn(duration(true)),
    zoomOut: () => zoomOut(duration(true)),
    zoomReset: () => zoomTo(1, duration(true)),
  }
}

/** How far an interval must move to lie within 0 to `room`, with a margin if it can; one too long shows its start. */
export function pushInside(start: number, length: number, room: number): number {
  const edge = Math.max(0, Math.min(24, (room - length) / 2))
  if (start < edge) return edge - start
  const over = start + length - (room - edge)
  return over > 0 ? -Math.min(over, start - edge) : 0
}

function duration(animated: boolean): { duration: number } | undefined {
  const still = !animated || window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return still ? undefined : { duration: 150 }
}
