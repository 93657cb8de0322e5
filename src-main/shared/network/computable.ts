import type { Shape } from '../layers/shape'
import type { NetworkDocument } from './document'
import { topologicalOrder, wiresInto, type NetworkTotals, type NodeFacts } from './walk'

/** More than this is not computed for a look in passing: it would take longer than a person waits, or too much memory. */
export const previewLimits = { layers: 1000, parameters: 20e6, macs: 4e9, activations: 100e6 } as const

/** Whether all layers of a network of this size can be computed for one sample while a person draws it. */
export function canPreview({ layers, trainable, frozen, macs, activations }: NetworkTotals): boolean {
  return (
    layers <= previewLimits.layers &&
    trainable + frozen <= previewLimits.parameters &&
    macs <= previewLimits.macs &&
    activations <= previewLimits.activations
  )
}

/**
 * The part of a network, which may be unfinished or wrong elsewhere, that can be computed for a sample: the inputs that
 * take it and the layers behind them that have a shape and whose sources are all in it.
 */
export function computablePart(
  network: NetworkDocument,
  facts: ReadonlyMap<string, NodeFacts>,
  sample: Shape,
): NetworkDocument {
  const into = wiresInto(network)
  const kept = new Set<string>()
  for (const { id } of topologicalOrder(network).order) {
    const known = facts.get(id)
    if (!known?.kind || !known.result.ok) continue
    const wires = into.get(id) ?? []
    const fed = wires.length > 0 ? wires.every(({ from }) => kept.has(from)) : takesSample(known, sample)
    if (fed) kept.add(id)
  }
  return {
    ...network,
    nodes: network.nodes.filter(({ id }) => kept.has(id)),
    wires: network.wires.filter(({ from, to }) => kept.has(from) && kept.has(to)),
  }
}

function takesSample({ node, kind, result }: NodeFacts, sample: Shape): boolean {
  const range = kind?.takes?.(node.values)
  const channels = sample.at(-1) ?? 0
  if (range && range.first + range.count > channels) return false
  return result.ok && result.shape.join() === [...sample.slice(0, -1), range?.count ?? channels].join()
}
