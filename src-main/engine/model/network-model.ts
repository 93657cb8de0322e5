import type { NetworkDocument } from '@shared/network/document'
import { tf, type Tensor, type Variable } from '../tf'
import { buildLayers, type BuiltNode } from './build'
import { drawsBySteps } from './layers/seeded-dropout'
import type { FirstWeights } from './layers/make-layer'
import {
  disposeWeights,
  listWeights,
  readWeights,
  trainableVariables,
  writeWeights,
  type Weight,
  type WeightPlace,
} from './weights'

/** A network that computes: from samples to logits, one value for each class. Who makes it disposes it. */
export interface NetworkModel {
  readonly variables: readonly Variable[]
  /** Logits `[samples, classes]` of inputs `[samples, height, width, channels]`; the caller frees them. */
  logits(inputs: Tensor, options?: { trainingStep?: number }): Tensor
  /** Probabilities of each class, sample by sample. */
  probabilities(inputs: Float32Array, samples: number): Float32Array
  inputTensor(inputs: Float32Array, samples: number): Tensor
  listWeights(): WeightPlace[]
  readWeights(ofNode?: string): Weight[]
  writeWeights(weights: readonly Weight[]): void
  dispose(): void
}

/** Builds a valid network. Layers run one by one in order, without tfjs's own graph runner, which costs more per step. */
export function makeNetworkModel(network: NetworkDocument, weights: FirstWeights): NetworkModel {
  const nodes = buildLayers(network, { weights, logits: true })
  const shape = inputShape(nodes)
  const noisy = nodes.flatMap(({ layer }) => (layer && drawsBySteps(layer) ? [layer] : []))

  function inputTensor(inputs: Float32Array, samples: number): Tensor {
    return tf.tensor(inputs, [samples, ...shape], 'float32')
  }

  function logits(inputs: Tensor, options: { trainingStep?: number } = {}): Tensor {
    const training = options.trainingStep !== undefined
    for (const layer of noisy) layer.step = options.trainingStep ?? 0
    return tf.tidy(() => run(nodes, inputs, training))
  }

  return {
    variables: trainableVariables(nodes),
    logits,
    inputTensor,
    probabilities(inputs, samples) {
      const values = tf.tidy(() => tf.softmax(logits(inputTensor(inputs, samples))).dataSync())
      return Float32Array.from(values)
    },
    listWeights: () => listWeights(nodes),
    readWeights: (ofNode) => readWeights(nodes, ofNode),
    writeWeights: (given) => writeWeights(nodes, given),
    dispose: () => disposeWeights(nodes),
  }
}

function inputShape(nodes: readonly BuiltNode[]): number[] {
  const input = nodes.find(({ layer }) => layer === undefined)
  if (!input) throw new Error('The network has no input')
  return input.output.shape.slice(1).map((size) => size ?? 1)
}

function run(nodes: readonly BuiltNode[], inputs: Tensor, training: boolean): Tensor {
  const outputs = new Map<string, Tensor>()
  let last = inputs
  for (const { id, layer, sources } of nodes) {
    const arriving = sources.flatMap((source) => outputs.get(source) ?? [])
    const result = layer ? layer.call(arriving, { training }) : inputs
    const [output] = Array.isArray(result) ? result : [result]
    if (!output) throw new Error(`${id} gave nothing`)
    outputs.set(id, output)
    last = output
  }
  return last
}
