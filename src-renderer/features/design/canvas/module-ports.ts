import type { NetworkDocument } from '@shared/network/document'
import { moduleTree } from '@shared/network/module-tree'
import { portsOf } from '@shared/network/surface'
import type { WireEnd } from './ports'
import { portInput } from './use-canvas-sync'

/** The layer that a port of a card belongs to, and the input of it: at a module, what the port leads to inside. */
export function layerAt(
  network: NetworkDocument,
  card: string,
  handle: string | null | undefined,
  end: WireEnd,
): { readonly node: string; readonly input: number } {
  const number = portInput(handle)
  if (!moduleTree(network).modules.has(card)) return { node: card, input: number }
  const { inputs, outputs } = portsOf(network, card)
  if (end === 'target') return inputs[number] ?? { node: card, input: number }
  return { node: outputs[number] ?? card, input: 0 }
}
