import type { NetworkDocument } from './document'
import { walk } from './walk'

/** The kinds of a network's layers that have no compiled form; none: the whole network can be compiled. */
export function kindsWithoutLowering(network: NetworkDocument): string[] {
  const missing = [...walk(network).values()].filter(({ kind }) => !kind || (kind.inputs.max > 0 && !kind.lower))
  return [...new Set(missing.map(({ node }) => node.kind))]
}
