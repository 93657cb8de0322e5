import { addBehind } from './arrange'
import { emptyNetwork, type NetworkDocument, type Values } from './document'

/** A layer's kind with the values that differ from its first ones. */
export type ChainStep = readonly [kind: string, values?: Values]

/** Layers one behind another, in the order given. */
export function chain(...steps: readonly ChainStep[]): NetworkDocument {
  return steps.reduce((next, [kind, values]) => addBehind(next, kind, undefined, values ?? {}).network, emptyNetwork)
}
