import type { NetworkDocument } from '@shared/network/document'
import type { Position } from '@shared/network/edit'
import { cardHeight, cardWidth, gap } from '@shared/network/place'
import { layeredPlaces, type Boxes } from './layered'

/** Where cards go, by their ids. */
export type Places = ReadonlyMap<string, Position>

function boxesOf({ nodes, wires }: NetworkDocument): Boxes {
  return {
    nodes: nodes.map((node) => ({ id: node.id, ...node.position, width: cardWidth, height: cardHeight(node) })),
    wires: wires.map(({ id, from, to }) => ({ id, from, to })),
    gap,
  }
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
