import { categories } from '@shared/layers/define'
import type { NetworkDocument } from '@shared/network/document'
import type { Box } from '@shared/network/frames'
import { cardHeight, cardWidth } from '@shared/network/place'
import type { LayerView } from '../network-view'
import { bottom, top } from './wires'

export interface Painting {
  /** The network as it is drawn, with the frames of its open modules, those around others first. */
  readonly network: NetworkDocument
  readonly frames: Iterable<Box>
  readonly layers: { readonly get: (id: string) => LayerView | undefined }
  readonly selection: Iterable<string>
  /** Screen pixels for one unit of the canvas, which the context is scaled by. */
  readonly zoom: number
}

/** Paints a network's cards and wires, too small to be read, in units of the canvas and in the colours of `element`. */
export function paintNetwork(context: CanvasRenderingContext2D, element: Element, painting: Painting): void {
  const { network, layers, selection, zoom } = painting
  const style = getComputedStyle(element)
  const colour = (name: string) => style.getPropertyValue(name)
  paintFrames(context, painting.frames, colour('--surface'), colour('--border-strong'))
  paintWires(context, network, colour('--neutral-8'), 1 / zoom)
  const stripes = new Map<string, string>(categories.map((category) => [category, colour(`--group-${category}`)]))
  const [ground, border, accent, danger] = ['--surface-raised', '--border-strong', '--accent', '--danger'].map(colour)
  const chosen = new Set(selection)
  for (const node of network.nodes) {
    const layer = layers.get(node.id)
    const [left, upper, tall] = [node.position.x, node.position.y, cardHeight(node)]
    const marked = chosen.has(node.id) ? accent : layer?.problems.length ? danger : undefined
    context.fillStyle = marked ?? border ?? ''
    context.fillRect(left - 2, upper - 2, cardWidth + 4, tall + 4)
    context.fillStyle = ground ?? ''
    context.fillRect(left, upper, cardWidth, tall)
    context.fillStyle = stripes.get(layer?.category ?? '') ?? border ?? ''
    context.fillRect(left, upper, cardWidth / 6, tall)
  }
}

function paintFrames(context: CanvasRenderingContext2D, frames: Iterable<Box>, ground: string, border: string): void {
  for (const { x, y, width, height } of frames) {
    context.fillStyle = border
    context.fillRect(x - 2, y - 2, width + 4, height + 4)
    context.fillStyle = ground
    context.fillRect(x, y, width, height)
  }
}

function paintWires(context: CanvasRenderingContext2D, network: NetworkDocument, colour: string, width: number): void {
  const nodes = new Map(network.nodes.map((node) => [node.id, node]))
  context.strokeStyle = colour
  context.lineWidth = width
  context.beginPath()
  for (const { from, to } of network.wires) {
    const [source, target] = [nodes.get(from), nodes.get(to)]
    if (!source || !target) continue
    const [start, end] = [bottom(source), top(target)]
    context.moveTo(start.x, start.y)
    context.lineTo(end.x, end.y)
  }
  context.stroke()
}
