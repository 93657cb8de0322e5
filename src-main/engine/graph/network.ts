import type { GraphValue } from '@shared/graph/value'
import type { NetworkDocument } from '@shared/network/document'
import { ownerOf } from '@shared/network/tied'
import { walk, wiresInto } from '@shared/network/walk'
import type { Graph } from './graph'
import { LayerBuilder, type LoweringOptions, type StatisticMove, type WeightRead, type WeightUse } from './lowering'
import type { Variables } from './variables'

export interface LoweredNetwork {
  /** The last layer before its softmax, float32 `[batch, classes]`. */
  readonly logits: GraphValue
  /** What every layer puts out, by node id, in float32. */
  readonly outputs: ReadonlyMap<string, GraphValue>
  /** Every trained weight as it was read, for the gradients. */
  readonly reads: readonly WeightRead[]
  /** The next values of weights that no gradient moves. */
  readonly moves: readonly StatisticMove[]
  /** What weights add to the loss in training, float32 scalars. */
  readonly penalties: readonly GraphValue[]
}

/**
 * Adds a checked network to a graph, once for training or once for inference. `input` holds samples in the compute
 * type. A last softmax is left out of `logits`, so that the loss is computed from them without losing digits.
 */
export function lowerNetwork(
  graph: Graph,
  variables: Variables,
  network: NetworkDocument,
  input: GraphValue,
  options: LoweringOptions,
): LoweredNetwork {
  const into = wiresInto(network)
  const sources = new Set(network.wires.map(({ from }) => from))
  const outputs = new Map<string, GraphValue>()
  const use: WeightUse = { reads: new Map(), moves: new Map(), penalties: new Map() }
  let logits: GraphValue | undefined
  for (const [position, { node, kind, inputs }] of [...walk(network).values()].entries()) {
    if (kind?.inputs.max === 0) {
      outputs.set(node.id, input)
      continue
    }
    if (!kind?.lower) throw new Error(`${node.kind} has no compiled form`)
    const values = (into.get(node.id) ?? []).flatMap(({ from }) => outputs.get(from) ?? [])
    const builder = new LayerBuilder(graph, variables, use, { position, owner: ownerOf(network, node.id) }, options)
    const isEnd = !sources.has(node.id)
    const settings = isEnd && kind.activation ? { ...node.values, [kind.activation]: 'linear' } : node.values
    const value = kind.lower(builder, settings, values, inputs)
    if (isEnd) logits = graph.cast(value, 'float32')
    outputs.set(node.id, value)
  }
  if (!logits) throw new Error('the network has no last layer')
  const shown = [...outputs].map(([id, value]): [string, GraphValue] => [id, graph.cast(value, 'float32')])
  return {
    logits,
    outputs: new Map(shown),
    reads: [...use.reads.values()],
    moves: [...use.moves.values()],
    penalties: [...use.penalties.values()],
  }
}
