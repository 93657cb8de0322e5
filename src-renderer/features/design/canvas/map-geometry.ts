import type { NetworkDocument } from '@shared/network/document'
import { boundsOf } from './geometry'

/** The size of the map on screen, in pixels. */
export const mapSize = { width: 148, height: 112 } as const

const margin = 6

/** How the canvas lies on the map: a point of the canvas is at `x * scale + left`, `y * scale + top`. */
export interface MapPlace {
  readonly scale: number
  readonly left: number
  readonly top: number
}

/** The whole network on the map, in its middle; undefined where there is none. */
export function placeOnMap(network: NetworkDocument): MapPlace | undefined {
  const bounds = boundsOf(network)
  if (!bounds) return undefined
  const scale = Math.min(
    (mapSize.width - 2 * margin) / bounds.width,
    (mapSize.height - 2 * margin) / bounds.height,
    // Of a small network, cards no larger than they are elsewhere.
    0.2,
  )
  return {
    scale,
    left: mapSize.width / 2 - (bounds.x + bounds.width / 2) * scale,
    top: mapSize.height / 2 - (bounds.y + bounds.height / 2) * scale,
  }
}

export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** What of the canvas is on screen, as a box on the map. */
export function viewOnMap({ scale, left, top }: MapPlace, { x, y, zoom }: View, { width, height }: Size) {
  return {
    left: (-x / zoom) * scale + left,
    top: (-y / zoom) * scale + top,
    width: (width / zoom) * scale,
    height: (height / zoom) * scale,
  }
}

/** The view, no nearer and no farther, that has a point of the map in its middle. */
export function viewAround(
  { scale, left, top }: MapPlace,
  point: { readonly x: number; readonly y: number },
  { zoom }: View,
  { width, height }: Size,
): View {
  return {
    x: width / 2 - ((point.x - left) / scale) * zoom,
    y: height / 2 - ((point.y - top) / scale) * zoom,
    zoom,
  }
}
