import { inKeras, kerasLayer } from '@shared/layers/keras-layer'
import type { NetworkDocument } from '@shared/network/document'
import { ownerOf } from '@shared/network/tied'
import { walk, wiresInto } from '@shared/network/walk'

/** A network's layers as `keras_steps.py` builds them, each behind its sources. */
export function nodesInKeras(network: NetworkDocument) {
  const into = wiresInto(network)
  return [...walk(network).values()].flatMap(({ node, kind, inputs }) => {
    const layer = kind && kerasLayer(kind, node.values, inputs)
    if (!layer) throw new Error(`Keras has no ${node.kind}`)
    const sources = (into.get(node.id) ?? []).map(({ from }) => from)
    const owner = ownerOf(network, node.id)
    const takes = kind.takes?.(node.values) ?? null
    const { before = [], after = [] } = kind.tfjs(node.values, inputs) ?? {}
    // Of several layers in a row that stand for one, the last has its id: it is what the others are fed by.
    const row = [...before.map(inKeras), layer, ...after.map(inKeras)]
    return row.map(({ className, config }, n) => {
      const itself = n === before.length
      const [id, from] = [n, n - 1].map((at) => (at === row.length - 1 ? node.id : `${node.id}-${at}`))
      return {
        id,
        owner: itself ? owner : `${id}-alone`,
        class_name: className,
        config,
        sources: n === 0 ? sources : [from],
        takes,
      }
    })
  })
}
