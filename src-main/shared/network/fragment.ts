import { z } from 'zod'
import type { NetworkDocument } from './document'
import { NetworkNode, Wire } from './document'
import { addCopies } from './edit'
import { freeOffset } from './place'

/** Some layers and the wires among them, as text on the clipboard. */
const Fragment = z.object({
  patchwork: z.literal('layers'),
  version: z.literal(1),
  nodes: z.array(NetworkNode).min(1).max(10_000),
  wires: z.array(Wire).max(50_000),
})

/** The chosen layers as text for the clipboard; undefined where nothing is chosen. */
export function copyText(network: NetworkDocument, ids: readonly string[]): string | undefined {
  const chosen = new Set(ids)
  const nodes = network.nodes.filter((node) => chosen.has(node.id))
  if (nodes.length === 0) return undefined
  const wires = network.wires.filter((wire) => chosen.has(wire.from) && chosen.has(wire.to))
  return JSON.stringify({ patchwork: 'layers', version: 1, nodes, wires }, null, 2)
}

/**
 * The network with the layers of a clipboard text added, and their new ids: where they stood, or beside it where
 * others stand now. Undefined where the text holds no layers.
 */
export function paste(network: NetworkDocument, text: string): { network: NetworkDocument; ids: string[] } | undefined {
  const fragment = Fragment.safeParse(parsed(text))
  if (!fragment.success) return undefined
  const { nodes, wires } = fragment.data
  return addCopies(network, nodes, wires, freeOffset(network, nodes))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
