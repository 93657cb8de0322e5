import type { NetworkDocument } from '@shared/network/document'
import { possibleEnds } from '@shared/network/edit'
import { wiresInto } from '@shared/network/walk'
import type { LayerView } from '../network-view'

/** One line of the outline: a layer in the order of the flow. */
export interface OutlineRow {
  readonly layer: LayerView
  /** Where its input comes from, where that is not the line above; names, empty for nothing to say. */
  readonly from: readonly string[]
  /** Nothing comes in though something should. */
  readonly open: boolean
}

/** The layers from top to bottom, each with a word on its sources where the order does not tell them. */
export function outlineRows(network: NetworkDocument, layers: ReadonlyMap<string, LayerView>): OutlineRow[] {
  const all = [...layers.values()]
  const into = wiresInto(network)
  return all.map((layer, n) => {
    const sources = (into.get(layer.id) ?? []).map((wire) => wire.from)
    const above = all[n - 1]?.id
    const plain = sources.length === 0 || (sources.length === 1 && sources[0] === above)
    return {
      layer,
      from: plain ? [] : sources.map((id) => layers.get(id)?.name ?? id),
      open: sources.length === 0 && layer.type !== 'source',
    }
  })
}

/** The layers to which a wire from `id` may be drawn and is not drawn yet. */
export function possibleTargets(
  network: NetworkDocument,
  layers: ReadonlyMap<string, LayerView>,
  id: string,
): LayerView[] {
  const drawn = new Set(network.wires.filter((wire) => wire.from === id).map((wire) => wire.to))
  const fits = possibleEnds(network, id, 'source')
  return [...layers.values()].filter((layer) => !drawn.has(layer.id) && fits.has(layer.id))
}
