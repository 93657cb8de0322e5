import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import type { Samples } from '../data/batches'
import { toInputs } from '../data/preprocess'
import { tf, type Scalar, type Tensor, type Variable } from '../tf'
import { buildLayers, type BuiltNode } from './build'
import { movesByBatches } from './layers/fused-batch-normalization'
import { drawsBySteps } from './layers/seeded-dropout'
import type { LayerOutput } from './layer-output'
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
  /**
   * Logits `[samples, classes]` of prepared inputs `[samples, …shape]`; the caller frees them. Those of a training step
   * leave statistics of the batch behind, which `settle` takes up.
   */
  logits(inputs: Tensor, options?: { trainingStep?: number }): Tensor
  /** What the weights add to the loss in training, a scalar; undefined if nothing. The caller frees it. */
  penalty(): Scalar | undefined
  /** Moves what no gradient moves by the last training step's batch, or (`false`) forgets that batch. */
  settle(take: boolean): void
  /** Probabilities of each class, sample by sample. */
  probabilities(samples: Samples): Float32Array
  /** What the named layers put out for samples; the last one before its softmax. */
  layerOutputs(samples: Samples, nodes: readonly string[]): Map<string, LayerOutput>
  /** Preprocesses samples; the caller frees the tensor. */
  inputTensor(samples: Samples): Tensor
  listWeights(): WeightPlace[]
  readWeights(ofNode?: string): Weight[]
  writeWeights(weights: readonly Weight[]): void
  dispose(): void
}

/** Builds a valid network. Layers run one by one in order, without tfjs's own graph runner, which costs more per step. */
export function makeNetworkModel(
  network: NetworkDocument,
  preprocessing: Preprocessing,
  weights: FirstWeights,
): NetworkModel {
  const nodes = buildLayers(network, { weights, logits: true })
  const noisy = nodes.flatMap(({ layer }) => (layer && drawsBySteps(layer) ? [layer] : []))
  const watching = nodes.flatMap(({ layer }) => (layer && movesByBatches(layer) ? [layer] : []))

  function inputTensor({ count, values }: Samples): Tensor {
    return tf.tensor(toInputs(values, preprocessing), [count, ...preprocessing.shape], 'float32')
  }

  function logits(inputs: Tensor, options: { trainingStep?: number } = {}): Tensor {
    const training = options.trainingStep !== undefined
    for (const layer of noisy) layer.step = options.trainingStep ?? 0
    return tf.tidy(() => run(nodes, inputs, training).last)
  }

  return {
    variables: trainableVariables(nodes),
    logits,
    penalty() {
      const penalized = nodes.flatMap(({ layer }) => (layer && layer.losses.length > 0 ? [layer] : []))
      if (penalized.length === 0) return undefined
      return tf.tidy(() => tf.addN(penalized.flatMap((layer) => layer.calculateLosses())).asScalar())
    },
    settle: (take) => watching.forEach((layer) => layer.settle(take)),
    inputTensor,
    probabilities(samples) {
      const values = tf.tidy(() => tf.softmax(logits(inputTensor(samples))).dataSync())
      return Float32Array.from(values)
    },
    layerOutputs(samples, wanted) {
      const found = new Map<string, LayerOutput>()
      tf.tidy(() => {
        const { outputs } = run(nodes, inputTensor(samples), false)
        for (const node of wanted) {
          const output = outputs.get(node)
          if (output) found.set(node, { shape: output.shape.slice(1), values: Float32Array.from(output.dataSync()) })
        }
      })
      return found
    },
    listWeights: () => listWeights(nodes),
    readWeights: (ofNode) => readWeights(nodes, ofNode),
    writeWeights: (given) => writeWeights(nodes, given),
    dispose() {
      for (const layer of watching) layer.settle(false)
      disposeWeights(nodes)
    },
  }
}

function run(
  nodes: readonly BuiltNode[],
  inputs: Tensor,
  training: boolean,
): { last: Tensor; outputs: Map<string, Tensor> } {
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
  return { last, outputs }
}
