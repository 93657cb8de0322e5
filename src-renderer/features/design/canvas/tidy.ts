import type { NetworkDocument } from '@shared/network/document'
import type { Position } from '@shared/network/edit'
import { frameRoom, framesOf } from '@shared/network/frames'
import { childOf, commonLevel, moduleTree, type Level } from '@shared/network/module-tree'
import { cardHeight, cardWidth, gap } from '@shared/network/place'
import { surfaceOf } from '@shared/network/surface'
import { layeredPlaces, type Boxes } from './layered'

/** Where cards go, by their ids. */
export type Places = ReadonlyMap<string, Position>

/** The cards of a network as boxes: what is in an open module is laid out by itself, and its frame is one box. */
function boxesOf(network: NetworkDocument): Boxes {
  const tree = moduleTree(network)
  const frames = framesOf(network)
  const { nodes, wires } = surfaceOf(network)
  const boxes = new Map<Level, Boxes['nodes'][number][]>()
  const joints = new Map<Level, Boxes['wires'][number][]>()
  const put = <T>(lists: Map<Level, T[]>, level: Level, one: T) => {
    const list = lists.get(level)
    if (list) list.push(one)
    else lists.set(level, [one])
  }
  // In the document's order, a frame where its first card stands: the order decides what is drawn first.
  const drawn = new Set<string>()
  for (const node of nodes) {
    for (let at = node.id; !drawn.has(at);) {
      drawn.add(at)
      const [frame, level] = [frames.get(at), tree.parents.get(at)]
      const card = at === node.id
      const own = card ? { ...node.position, width: cardWidth, height: cardHeight(node) } : frame
      if (own) put(boxes, level, { id: at, ...own })
      if (level === undefined) break
      at = level
    }
  }
  for (const { id, from, to } of wires) {
    const level = commonLevel(tree, [from, to])
    const [source, target] = [childOf(tree, level, from), childOf(tree, level, to)]
    if (source !== undefined && target !== undefined) put(joints, level, { id, from: source, to: target })
  }
  const inLevel = (level: Level): Boxes => ({
    nodes: (boxes.get(level) ?? []).map((box) => (frames.has(box.id) ? { ...box, inside: inLevel(box.id) } : box)),
    wires: joints.get(level) ?? [],
    gap,
    room: frameRoom,
  })
  return inLevel(undefined)
}

/** Places for all cards, at once: see `layeredPlaces`. */
export function tidyPositions(network: NetworkDocument): Places {
  return new Map(layeredPlaces(boxesOf(network)))
}

/**
 * Places for all cards, found in a thread of its own while the window goes on; undefined once `signal` gives it up.
 * Where there are no such threads it is done at once.
 */
export function tidyApart(network: NetworkDocument, signal: AbortSignal): Promise<Places | undefined> {
  if (typeof Worker === 'undefined') return Promise.resolve(tidyPositions(network))
  const worker = new Worker(new URL('./tidy-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Places | undefined>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<[string, Position][]>) => resolve(new Map(data))
    worker.onerror = ({ message }) => reject(new Error(`Placing the layers failed: ${message}`))
    signal.addEventListener('abort', () => resolve(undefined), { once: true })
    worker.postMessage(boxesOf(network))
  }).finally(() => worker.terminate())
}
