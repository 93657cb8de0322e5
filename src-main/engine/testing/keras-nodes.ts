import { kerasLayer } from '@shared/layers/keras-layer'
import type { NetworkDocument } from '@shared/network/document'
import { ownerOf } from '@shared/network/tied'
import { walk, wiresInto } from '@shared/network/walk'

/** A network's layers as `keras_steps.py` builds them, each behind its sources. */
export function nodesInKeras(network: NetworkDocument) {
  const into = wiresInto(network)
  return [...walk(network).values()].map(({ node, kind, inputs }) => {
    const layer = kind && kerasLayer(kind, node.values, inputs)
    if (!layer) throw new Error(`Keras has no ${node.kind}`)
    const sources = (into.get(node.id) ?? []).map(({ from }) => from)
    const owner = ownerOf(network, node.id)
    const takes = kind.takes?.(node.values) ?? null
    return { id: node.id, owner, class_name: layer.className, config: layer.config, sources, takes }
  })
}
