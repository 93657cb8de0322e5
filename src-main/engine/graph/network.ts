import type { GraphValue } from '@shared/graph/value'
import type { ChannelRange } from '@shared/layers/define'
import { sizeOf } from '@shared/layers/shape'
import type { NetworkDocument } from '@shared/network/document'
import { networkEnds, type NetworkOutput } from '@shared/network/outputs'
import { ownerOf } from '@shared/network/tied'
import { walk, wiresInto } from '@shared/network/walk'
import type { Graph } from './graph'
import { LayerBuilder, type LoweringOptions, type StatisticMove, type WeightRead, type WeightUse } from './lowering'
import type { Variables } from './variables'

export interface LoweredEnd extends NetworkOutput {
  readonly value: GraphValue
  /** How many values it gives for one sample. */
  readonly size: number
}

export interface LoweredNetwork {
  /** What each output gives, float32, the main one first: before its softmax where it tells classes. */
  readonly ends: readonly LoweredEnd[]
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
 * type. A last softmax is left out of `ends`, so that the loss is computed from them without losing digits.
 */
export function lowerNetwork(
  graph: Graph,
  variables: Variables,
  network: NetworkDocument,
  input: GraphValue,
  options: LoweringOptions,
): LoweredNetwork {
  const into = wiresInto(network)
  const facts = walk(network)
  const { outputs: ends } = networkEnds(network, facts)
  const telling = new Set(ends.flatMap(({ id, loss }) => (loss === 'classes' ? [id] : [])))
  const outputs = new Map<string, GraphValue>()
  const use: WeightUse = { reads: new Map(), moves: new Map(), penalties: new Map() }
  for (const [position, { node, kind, inputs, result }] of [...facts.values()].entries()) {
    if (kind?.inputs.max === 0) {
      const axes = result.ok ? result.shape.length : 0
      outputs.set(node.id, channelsOf(graph, input, axes, kind.takes?.(node.values)))
      continue
    }
    if (!kind?.lower) throw new Error(`${node.kind} has no compiled form`)
    const values = (into.get(node.id) ?? []).flatMap(({ from }) => outputs.get(from) ?? [])
    const builder = new LayerBuilder(graph, variables, use, { position, owner: ownerOf(network, node.id) }, options)
    const settings =
      telling.has(node.id) && kind.activation ? { ...node.values, [kind.activation]: 'linear' } : node.values
    const value = kind.lower(builder, settings, values, inputs)
    outputs.set(node.id, value)
  }
  if (ends.length === 0) throw new Error('the network has no last layer')
  const shown = new Map([...outputs].map(([id, value]) => [id, graph.cast(value, 'float32')]))
  return {
    ends: ends.flatMap((end) => {
      const [value, result] = [shown.get(end.id), facts.get(end.id)?.result]
      return value && result?.ok ? [{ ...end, value, size: sizeOf(result.shape) }] : []
    }),
    outputs: shown,
    reads: [...use.reads.values()],
    moves: [...use.moves.values()],
    penalties: [...use.penalties.values()],
  }
}

/** Some channels of samples with so many axes (the batch not counted); all of them where no range is given. */
function channelsOf(graph: Graph, samples: GraphValue, axes: number, range: ChannelRange | undefined): GraphValue {
  if (!range) return samples
  const numbers = (inner: number, last: number) => {
    const values = [...Array.from({ length: axes }, () => inner), last]
    return graph.constant({ dtype: 'int32', shape: [axes + 1], values })
  }
  return graph.op('Slice', [samples, numbers(0, range.first), numbers(-1, range.count)], { Index: { type: 'int32' } })
}
