import type { Category } from '@shared/layers/define'
import { layerNames, nameText, type Translate } from '@shared/network/names'
import type { NetworkDocument } from '@shared/network/document'
import { walk, type NodeFacts } from '@shared/network/walk'
import type { Shape } from '@shared/layers/shape'

/** Why a layer has no filters that could be shown as pictures. */
export type NoPicture = 'no-weights' | 'flat-weights'

/** One layer of the map, from the network's input down. */
export interface MapLayer {
  readonly id: string
  readonly name: string
  readonly icon: string
  readonly category: Category | null
  readonly summary: string
  readonly shape: Shape | null
  /** Null: the layer's kernel can be shown. */
  readonly noPicture: NoPicture | null
}

/** The layers of a network in the order in which a picture goes through them. */
export function mapLayers(network: NetworkDocument, translate: Translate): MapLayer[] {
  const names = layerNames(network, translate)
  return [...walk(network).values()].map((facts) => {
    const { node, kind, result } = facts
    const name = names.get(node.id)
    return {
      id: node.id,
      name: name ? nameText(name) : node.kind,
      icon: kind?.icon ?? 'box',
      category: kind?.category ?? null,
      summary: kind?.summary(node.values) ?? '',
      shape: result.ok ? result.shape : null,
      noPicture: noPicture(facts),
    }
  })
}

function noPicture({ kind, weights }: NodeFacts): NoPicture | null {
  if (weights.trainable + weights.frozen === 0) return 'no-weights'
  return kind?.filters === undefined ? 'flat-weights' : null
}

/** The layer to begin with: the first whose kernel can be shown. */
export function firstWithPicture(layers: readonly MapLayer[]): string | null {
  return layers.find((layer) => layer.noPicture === null)?.id ?? null
}
