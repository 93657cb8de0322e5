import type { ReceptiveField } from '../layers/arithmetic'
import type { Shape } from '../layers/shape'
import type { NetworkDocument } from './document'
import { moduleTree } from './module-tree'
import { portsOf } from './surface'
import { totals, type NetworkTotals, type NodeFacts } from './walk'

/** What follows from a module's layers and its place. */
export interface ModuleFacts {
  /** The shapes that come in, one for each layer outside that feeds it; null while one is not known. */
  readonly inputs: readonly (Shape | null)[]
  /** The shapes that come out, by output port. */
  readonly outputs: readonly (Shape | null)[]
  /** The sums over its layers; weights that several of them use are counted once. */
  readonly sums: NetworkTotals
  /** The receptive field of what comes out last, in the network's input. */
  readonly field: readonly ReceptiveField[] | undefined
}

/** The facts of a module, from those of the layers. */
export function moduleFacts(network: NetworkDocument, facts: ReadonlyMap<string, NodeFacts>, id: string): ModuleFacts {
  const { inputs, outputs } = portsOf(network, id)
  const members = moduleTree(network).members.get(id) ?? []
  const inside = members.flatMap((node) => {
    const one = facts.get(node)
    return one ? [[node, one] as const] : []
  })
  const shapeOf = (node: string): Shape | null => {
    const result = facts.get(node)?.result
    return result?.ok ? result.shape : null
  }
  const feeding = new Set(inputs.map(({ wire }) => wire))
  const sources = new Set(network.wires.flatMap((wire) => (feeding.has(wire.id) ? [wire.from] : [])))
  return {
    inputs: [...sources].map(shapeOf),
    outputs: outputs.map(shapeOf),
    sums: totals(new Map(inside)),
    field: facts.get(outputs.at(-1) ?? '')?.field,
  }
}
