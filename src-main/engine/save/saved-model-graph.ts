import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import { freeze } from '../graph/freeze'
import { Graph, type GraphNode } from '../graph/graph'
import { lowerNetwork } from '../graph/network'
import type { Signature } from '../graph/proto'
import { Variables } from '../graph/variables'
import type { Weight } from '../model/weights'

/**
 * The graph that a SavedModel holds: from samples as they are (`inputs`, float32 `[batch, …shape]`, 0 to 255) through
 * the preprocessing and the network to `probabilities` (float32 `[batch, classes]`), the weights written in.
 */
export function savedModelGraph(
  network: NetworkDocument,
  { shape, divisor }: Preprocessing,
  classes: number,
  weights: readonly Weight[],
): { nodes: readonly GraphNode[]; signature: Signature } {
  const graph = new Graph()
  const variables = new Variables(graph)
  const inputs = graph.placeholder('inputs', 'float32', [-1, ...shape])
  const prepared = graph.op('RealDiv', [inputs, graph.scalar(divisor)])
  const { logits } = lowerNetwork(graph, variables, network, prepared, {
    compute: 'float32',
    training: false,
    seed: 0,
    step: graph.scalar(0, 'int32'),
  })
  const probabilities = graph.op('Softmax', [logits], {}, { name: 'probabilities' })
  const values = new Map(weights.map(({ node, name, values }) => [`${node}/${name}`, values]))
  return {
    nodes: freeze(graph, variables, values, [probabilities]),
    signature: {
      inputs: { inputs },
      outputs: { probabilities },
      shapes: { inputs: [-1, ...shape], probabilities: [-1, classes] },
    },
  }
}
