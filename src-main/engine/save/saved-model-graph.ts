import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import { answerOf } from '../graph/compile'
import { Graph, type GraphNode } from '../graph/graph'
import { addPreprocessing } from '../graph/input'
import { lowerNetwork } from '../graph/network'
import type { ModelExtras, Signature } from '../graph/proto'
import { neededBy } from '../graph/prune'
import { addSaver } from '../graph/saver'
import { Variables, type Weight } from '../graph/variables'
import { describeOutputs } from './describe-ends'
import { defineVariable } from './variable-definition'

export interface SavedModelGraph {
  readonly nodes: readonly GraphNode[]
  readonly signature: Signature
  readonly extras: ModelExtras
  /** The weights by the names under which the graph reads them from its files. */
  readonly weights: readonly Weight[]
}

/**
 * The graph that a SavedModel holds: from samples as they are (`inputs`, float32 `[batch, …shape]`, 0 to 255) through
 * the preprocessing and the network to `probabilities` (float32 `[batch, classes]`), and to what its other outputs answer.
 */
export function savedModelGraph(network: NetworkDocument, preprocessing: Preprocessing): SavedModelGraph {
  const graph = new Graph()
  const variables = new Variables(graph)
  const { shape } = preprocessing
  const inputs = graph.placeholder('inputs', 'float32', [-1, ...shape])
  const prepared = addPreprocessing(graph, inputs, preprocessing)
  const { ends, reads } = lowerNetwork(graph, variables, network, prepared, {
    compute: 'float32',
    training: false,
    seed: 0,
    step: graph.scalar(0, 'int32'),
  })
  const described = describeOutputs(network, 'graph')
  const answers = ends.map((end, n) => {
    const { name = end.id, shape = [] } = described[n] ?? {}
    return { name, value: answerOf(graph, end, name), shape: [-1, ...shape] }
  })

  const saver = addSaver(graph, variables)
  const trained = new Set(reads.map(({ weight }) => weight.name))
  const defined = variables.weights.map((weight) => {
    const trainable = trained.has(weight.name)
    return { trainable, ...defineVariable(graph, variables, weight, trainable) }
  })
  const wanted = [
    ...answers.map(({ value }) => value.node),
    ...(saver ? [saver.saved.node, saver.restore] : []),
    ...defined.flatMap(({ needs }) => needs),
  ]
  return {
    nodes: neededBy(graph, wanted),
    signature: {
      inputs: { inputs },
      outputs: Object.fromEntries(answers.map(({ name, value }) => [name, value])),
      shapes: { inputs: [-1, ...shape], ...Object.fromEntries(answers.map(({ name, shape: sizes }) => [name, sizes])) },
    },
    extras: {
      ...(saver ? { saver } : {}),
      collections: {
        variables: defined.map(({ bytes }) => bytes),
        trainable_variables: defined.flatMap(({ bytes, trainable }) => (trainable ? [bytes] : [])),
      },
    },
    weights: variables.weights,
  }
}
