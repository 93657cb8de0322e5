import type { DType, GraphValue } from '@shared/graph/value'
import type { NetworkDocument, Values } from '@shared/network/document'
import type { OptimizerKind } from '@shared/training/define'
import { gradientsOf } from './backward'
import { Graph } from './graph'
import { lowerNetwork } from './network'
import type { Signature } from './proto'
import { addUpdates } from './update'
import { Variables, type State, type Weight } from './variables'

export interface CompileOptions {
  readonly network: NetworkDocument
  /** `[height, width, channels]` of one sample. */
  readonly shape: readonly number[]
  readonly optimizer: OptimizerKind
  readonly optimizerValues: Values
  readonly seed: number
  /** The type of convolutions and products; weights, loss and sums stay float32. */
  readonly compute: DType
}

/** What the error of a step says whose loss is no number: no weight was moved then. */
export const notANumber = 'loss is not a number'

/** A network with everything that training and looking inside ask of it, as one graph. */
export interface CompiledGraph {
  readonly graph: Graph
  /**
   * `step`: inputs, labels, step, rate → loss, hits; `evaluate`: inputs, labels → loss (sum), hits;
   * `outputs`: inputs → each layer's output by node id; `read`, `write`: all variables by name.
   */
  readonly signatures: Readonly<Record<string, Signature>>
  readonly weights: readonly Weight[]
  readonly others: readonly State[]
}

/** Compiles a checked network for training and inference. Throws where a kind or the optimizer has no compiled form. */
export function compile(options: CompileOptions): CompiledGraph {
  const { network, shape, compute, seed } = options
  const graph = new Graph()
  const variables = new Variables(graph)
  const inputs = graph.placeholder('inputs', 'float32', [-1, ...shape])
  const labels = graph.placeholder('labels', 'int32', [-1])
  const step = graph.placeholder('step', 'int32', [])
  const rate = graph.placeholder('rate', 'float32', [])
  const input = graph.cast(inputs, compute)

  const train = lowerNetwork(graph, variables, network, input, { compute, training: true, seed, step })
  const trained = judge(graph, train.logits, labels)
  const seedGradient = meanGradient(graph, trained.losses, labels)
  const values = train.reads.map((read) => read.value)
  const gradients = gradientsOf(graph, trained.losses, seedGradient, values)
  const loss = graph.op('CheckNumerics', [mean(graph, trained.losses)], { message: { text: notANumber } })
  const updates = addUpdates(graph, variables, options.optimizer, options.optimizerValues, {
    reads: train.reads,
    gradients,
    learningRate: rate,
    after: [loss.node],
  })
  const stepLoss = graph.op('Identity', [loss], {}, { after: updates, name: 'step_loss' })

  const still = lowerNetwork(graph, variables, network, input, {
    compute,
    training: false,
    seed,
    step: graph.scalar(0, 'int32'),
  })
  const judged = judge(graph, still.logits, labels)
  const probabilities = graph.op('Softmax', [still.logits])

  return {
    graph,
    weights: variables.weights,
    others: variables.others,
    signatures: {
      step: { inputs: { inputs, labels, step, rate }, outputs: { loss: stepLoss, hits: trained.hits } },
      evaluate: { inputs: { inputs, labels }, outputs: { loss: sum(graph, judged.losses), hits: judged.hits } },
      predict: { inputs: { inputs }, outputs: { probabilities } },
      outputs: { inputs: { inputs }, outputs: Object.fromEntries(still.outputs) },
      ...stateSignatures(graph, variables),
    },
  }
}

/** Loss of each sample (float32 `[batch]`) and the number of right guesses (float32 scalar). */
function judge(graph: Graph, logits: GraphValue, labels: GraphValue): { losses: GraphValue; hits: GraphValue } {
  const losses = graph.op('SparseSoftmaxCrossEntropyWithLogits', [logits, labels], { Tlabels: { type: 'int32' } })
  const types = { Tidx: { type: 'int32' }, output_type: { type: 'int32' } } as const
  const best = graph.op('ArgMax', [logits, graph.scalar(1, 'int32')], types, { dtype: 'int32' })
  const right = graph.op('Equal', [best, labels], {}, { dtype: 'bool' })
  return { losses, hits: sum(graph, graph.cast(right, 'float32')) }
}

function sum(graph: Graph, values: GraphValue): GraphValue {
  return graph.op('Sum', [values, graph.scalar(0, 'int32')], { Tidx: { type: 'int32' } })
}

function mean(graph: Graph, values: GraphValue): GraphValue {
  return graph.op('Mean', [values, graph.scalar(0, 'int32')], { Tidx: { type: 'int32' } })
}

/** The gradient of the mean by each sample's loss: 1 / batch. */
function meanGradient(graph: Graph, losses: GraphValue, labels: GraphValue): GraphValue {
  const size = graph.op('Size', [labels], { out_type: { type: 'int32' } }, { dtype: 'int32' })
  const count = graph.cast(size, 'float32')
  const share = graph.op('RealDiv', [graph.scalar(1), count])
  return graph.op(
    'Fill',
    [graph.shapeOf(losses), share],
    { T: { type: 'float32' }, index_type: { type: 'int32' } },
    { dtype: 'float32' },
  )
}

/** Signatures that read and write every variable, for checkpoints, views and initial values. */
function stateSignatures(graph: Graph, variables: Variables): Record<'read' | 'write', Signature> {
  const all = variables.all()
  const fed = all.map(({ name, shape }) => graph.placeholder(`write/${name}`, 'float32', shape))
  const written = all.map((variable, index) => variables.assign(variable, fed[index] ?? graph.scalar(0)))
  const done = graph.op('Identity', [graph.scalar(1)], {}, { after: written, name: 'written' })
  return {
    read: {
      inputs: {},
      outputs: Object.fromEntries(all.map((variable) => [variable.name, variables.read(variable)])),
    },
    write: {
      inputs: Object.fromEntries(all.flatMap(({ name }, index) => (fed[index] ? [[name, fed[index]]] : []))),
      outputs: { done },
    },
  }
}
