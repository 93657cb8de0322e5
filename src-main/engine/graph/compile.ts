import type { Preprocessing } from '@shared/data/preprocessing'
import type { DType, GraphValue } from '@shared/graph/value'
import type { NetworkDocument, Values } from '@shared/network/document'
import type { OptimizerKind } from '@shared/training/define'
import { gradientsOf } from './backward'
import { Graph } from './graph'
import { samplesInput } from './input'
import { judge, sum } from './judge'
import { lowerNetwork, type LoweredEnd, type LoweredNetwork } from './network'
import type { Signature } from './proto'
import { addUpdates } from './update'
import { Variables, type State, type Weight } from './variables'

export interface InferenceOptions {
  readonly network: NetworkDocument
  readonly preprocessing: Preprocessing
}

export interface TrainingOptions extends InferenceOptions {
  readonly optimizer: OptimizerKind
  readonly optimizerValues: Values
  readonly seed: number
  /** The type that training's convolutions and products are computed in; weights, loss and sums stay float32. */
  readonly compute: DType
  /** Whether steps are given mixed samples, with second labels and shares. */
  readonly mixed?: boolean
}

/** What the error of a step says whose loss is no number: no weight was moved then. */
export const notANumber = 'loss is not a number'
/** What the error of a step says whose gradients left the range of the compute type: no weight was moved then. */
export const overflow = 'gradients overflow'

/** A network with all that is asked of it, as one graph. */
export interface CompiledGraph {
  readonly graph: Graph
  readonly signatures: Readonly<Record<string, Signature>>
  readonly weights: readonly Weight[]
  readonly others: readonly State[]
}

/**
 * Compiles a checked network for training and inference. Throws where a kind or the optimizer has no compiled form.
 * `step`: inputs, labels, step, rate, scale, with mixed samples also others (their second labels) and shares → loss, hits;
 * `evaluate`: inputs, labels → loss (sum), hits; both also each
 * output's own loss where there are several (`judge.ts`); and what `compileInference` has. Whatever is judged or shown
 * is computed in float32, as every export computes it. The loss is multiplied by `scale` on the way to the gradients and
 * they are divided by it, so that small ones do not vanish in a short type (Micikevicius et al. 2018).
 */
export function compileTraining(options: TrainingOptions): CompiledGraph {
  const { network, compute, seed } = options
  const graph = new Graph()
  const variables = new Variables(graph)
  const { inputs, prepared } = samplesInput(graph, options.preprocessing)
  const labels = graph.placeholder('labels', 'int32', [-1])
  const mixed = options.mixed && {
    labels: graph.placeholder('others', 'int32', [-1]),
    shares: graph.placeholder('shares', 'float32', [-1]),
  }
  const step = graph.placeholder('step', 'int32', [])
  const rate = graph.placeholder('rate', 'float32', [])
  const scale = graph.placeholder('scale', 'float32', [])

  const train = lowerNetwork(graph, variables, network, graph.cast(prepared, compute), {
    compute,
    training: true,
    seed,
    step,
  })
  const trained = judge(graph, train.ends, { labels, ...(mixed ? { mixed } : {}) }, prepared)
  const losses = withPenalties(graph, trained.losses, train.penalties)
  const loss = graph.op('CheckNumerics', [mean(graph, losses)], { message: { text: notANumber } })
  const { gradients, after } = scaledGradients(graph, train, losses, labels, scale, compute)
  const guards = [loss.node, ...after]
  const updates = addUpdates(graph, variables, options.optimizer, options.optimizerValues, {
    reads: train.reads,
    gradients,
    learningRate: rate,
    after: guards,
  })
  const moves = train.moves.map(({ weight, next }) => variables.assign(weight, next, guards))
  const stepLoss = graph.op('Identity', [loss], {}, { after: [...updates, ...moves], name: 'step_loss' })

  const still = lowerStill(graph, variables, network, prepared)
  const judged = judge(graph, still.ends, { labels }, prepared)
  return {
    graph,
    weights: variables.weights,
    others: variables.others,
    signatures: {
      step: {
        inputs: { inputs, labels, step, rate, scale, ...(mixed ? { others: mixed.labels, shares: mixed.shares } : {}) },
        outputs: { loss: stepLoss, hits: trained.hits, ...named(trained.each, (losses) => mean(graph, losses)) },
      },
      evaluate: {
        inputs: { inputs, labels },
        outputs: {
          loss: sum(graph, judged.losses),
          hits: judged.hits,
          ...named(judged.each, (losses) => sum(graph, losses)),
        },
      },
      ...inferenceSignatures(graph, inputs, still),
      ...stateSignatures(graph, variables),
    },
  }
}

/**
 * Compiles a checked network for inference. `predict`: inputs → what each output answers, the main one's probabilities
 * first; `outputs`: inputs → each layer's output by node id; `read`, `write`: all variables by name.
 */
export function compileInference({ network, preprocessing }: InferenceOptions): CompiledGraph {
  const graph = new Graph()
  const variables = new Variables(graph)
  const { inputs, prepared } = samplesInput(graph, preprocessing)
  const still = lowerStill(graph, variables, network, prepared)
  const signatures = { ...inferenceSignatures(graph, inputs, still), ...stateSignatures(graph, variables) }
  return { graph, weights: variables.weights, others: variables.others, signatures }
}

function lowerStill(
  graph: Graph,
  variables: Variables,
  network: NetworkDocument,
  prepared: GraphValue,
): LoweredNetwork {
  const step = graph.scalar(0, 'int32')
  return lowerNetwork(graph, variables, network, prepared, { compute: 'float32', training: false, seed: 0, step })
}

function inferenceSignatures(
  graph: Graph,
  inputs: GraphValue,
  { ends, outputs }: LoweredNetwork,
): Record<'predict' | 'outputs', Signature> {
  return {
    predict: {
      inputs: { inputs },
      outputs: Object.fromEntries(ends.map((end, n) => [answerName(n), answerOf(graph, end)])),
    },
    outputs: { inputs: { inputs }, outputs: Object.fromEntries(outputs) },
  }
}

/** Under which name `predict` gives what an output answers, counted from 0: the main one. */
export function answerName(output: number): string {
  return `answer/${output}`
}

/** What an output answers: probabilities where it tells classes, else its values. */
export function answerOf(graph: Graph, { loss, value }: LoweredEnd, name = 'Softmax'): GraphValue {
  return loss === 'classes' ? graph.op('Softmax', [value], {}, { name }) : value
}

const ownLoss = 'loss/'

/** Each output's own loss under a name of its own, in their order; nothing where there is but one output. */
function named(
  each: readonly GraphValue[],
  over: (losses: GraphValue) => GraphValue,
): Readonly<Record<string, GraphValue>> {
  if (each.length === 1) return {}
  return Object.fromEntries(each.map((losses, n) => [`${ownLoss}${n}`, over(losses)]))
}

/** Of what `step` or `evaluate` gave, each output's own loss, in their order. */
export function ownLosses<T>(given: Readonly<Record<string, T>>): T[] {
  return Object.entries(given).flatMap(([name, loss]) => (name.startsWith(ownLoss) ? [loss] : []))
}

/** Each sample's loss with all that the weights add: their mean then holds it once, as Keras has it. */
function withPenalties(graph: Graph, losses: GraphValue, penalties: readonly GraphValue[]): GraphValue {
  return penalties.reduce((whole, penalty) => graph.op('AddV2', [whole, penalty]), losses)
}

function mean(graph: Graph, values: GraphValue): GraphValue {
  return graph.op('Mean', [values, graph.scalar(0, 'int32')], { Tidx: { type: 'int32' } })
}

/** The mean loss's gradient by each read; where the type is short of range, with a guard that they are finite. */
function scaledGradients(
  graph: Graph,
  { reads }: LoweredNetwork,
  losses: GraphValue,
  labels: GraphValue,
  scale: GraphValue,
  compute: DType,
): { gradients: GraphValue[]; after: string[] } {
  const scaled = compute === 'float16'
  const values = reads.map((read) => read.value)
  const gradients = gradientsOf(graph, losses, meanGradient(graph, losses, labels, scaled ? scale : undefined), values)
  if (!scaled) return { gradients, after: [] }
  const unscaled = gradients.map((gradient) => graph.op('RealDiv', [graph.cast(gradient, 'float32'), scale]))
  const after = unscaled.map((gradient) => {
    return graph.op('CheckNumerics', [gradient], { message: { text: overflow } }).node
  })
  return { gradients: unscaled, after }
}

/** The gradient of the mean by each sample's loss: 1 / batch, times the scale. */
function meanGradient(graph: Graph, losses: GraphValue, labels: GraphValue, scale = graph.scalar(1)): GraphValue {
  const size = graph.op('Size', [labels], { out_type: { type: 'int32' } }, { dtype: 'int32' })
  const share = graph.op('RealDiv', [scale, graph.cast(size, 'float32')])
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
