import type { Connection } from '@vue-flow/core'
import { inject, provide, type InjectionKey, type ShallowRef } from 'vue'
import type { NetworkDocument } from '@shared/network/document'
import { possibleEnds } from '@shared/network/edit'
import type { NodeFacts } from '@shared/network/walk'
import type { DropTarget } from '../use-design-actions'

export type WireEnd = 'source' | 'target'

/** A wire being drawn: from which end, and which layers its loose end fits. */
export interface Drawing {
  readonly node: string
  readonly end: WireEnd
  readonly fits: ReadonlySet<string>
}

/** What ports and wires need to know of the canvas. */
export interface Ports {
  readonly drawing: Readonly<ShallowRef<Drawing | null>>
  /** Where the layer that is being dragged out of the palette would go. */
  readonly drop: Readonly<ShallowRef<DropTarget | null>>
  readonly allowed: (connection: Connection) => boolean
}

const key: InjectionKey<Ports> = Symbol('ports')

export function providePorts(ports: Ports): void {
  provide(key, ports)
}

export function usePorts(): Ports {
  const ports = inject(key)
  if (!ports) throw new Error('usePorts belongs inside the canvas')
  return ports
}

/**
 * The layers that the loose end of a wire fits: no circle would close, and the shape has a number of axes that the
 * layer understands. A shape that is not known yet fits everywhere.
 */
export function fittingLayers(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  node: string,
  end: WireEnd,
): Set<string> {
  const fits = [...possibleEnds(network, node, end)].filter((id) => {
    const [from, to] = end === 'source' ? [node, id] : [id, node]
    return understands(facts.get(from), facts.get(to))
  })
  return new Set(fits)
}

function understands(from: NodeFacts | undefined, to: NodeFacts | undefined): boolean {
  const ranks = to?.kind?.inputs.ranks ?? []
  return ranks.length === 0 || !from?.result.ok || ranks.includes(from.result.shape.length)
}
