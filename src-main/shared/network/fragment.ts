import { z } from 'zod'
import type { NetworkDocument } from './document'
import { NetworkModule, NetworkNode, Wire } from './document'
import { addCopies } from './edit'
import { moduleTree } from './module-tree'
import { freeOffset } from './place'
import { surfaceOf } from './surface'

/** Some layers with the wires and modules among them. */
export const Piece = z.object({
  nodes: z.array(NetworkNode).min(1).max(10_000),
  wires: z.array(Wire).max(50_000),
  modules: z.array(NetworkModule).max(1000).optional(),
})
export type Piece = z.output<typeof Piece>

/** A piece of a network as text on the clipboard. */
const Fragment = Piece.extend({ patchwork: z.literal('layers'), version: z.literal(1) })

/** The chosen layers, with the wires among them and the modules of which all layers are chosen. */
export function pieceOf(network: NetworkDocument, ids: readonly string[]): Piece {
  const chosen = new Set(ids)
  const nodes = network.nodes.filter((node) => chosen.has(node.id))
  const wires = network.wires.filter((wire) => chosen.has(wire.from) && chosen.has(wire.to))
  const { members } = moduleTree(network)
  const modules = (network.modules ?? []).filter(({ id }) => members.get(id)?.every((node) => chosen.has(node)))
  return modules.length > 0 ? { nodes, wires, modules } : { nodes, wires }
}

/** The chosen layers as text for the clipboard; undefined where nothing is chosen. */
export function copyText(network: NetworkDocument, ids: readonly string[]): string | undefined {
  const piece = pieceOf(network, ids)
  return piece.nodes.length === 0 ? undefined : JSON.stringify({ patchwork: 'layers', version: 1, ...piece }, null, 2)
}

/**
 * The network with the layers of a clipboard text added, and their new ids: where they stood, or beside it where
 * others stand now. Undefined where the text holds no layers.
 */
export function paste(
  network: NetworkDocument,
  text: string,
): { network: NetworkDocument; ids: string[]; modules: string[] } | undefined {
  const fragment = Fragment.safeParse(parsed(text))
  if (!fragment.success) return undefined
  const { nodes, wires, modules } = fragment.data
  const cards = surfaceOf({ nodes, wires, ...(modules ? { modules } : {}) }).nodes
  return addCopies(network, nodes, wires, freeOffset(network, cards), modules)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
