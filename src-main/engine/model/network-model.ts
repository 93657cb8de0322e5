import type { Preprocessing } from '@shared/data/preprocessing'
import type { ChannelRange } from '@shared/layers/define'
import type { NetworkDocument } from '@shared/network/document'
import { outputsOf, type NetworkOutput } from '@shared/network/outputs'
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
  weightBringers,
  writeWeights,
  type Weight,
  type WeightPlace,
} from './weights'

/** A network that computes: from samples to what its outputs give. Who makes it disposes it. */
export interface NetworkModel {
  readonly variables: readonly Variable[]
  /** What training judges, the main output first. */
  readonly outputs: readonly NetworkOutput[]
  /**
   * What the outputs give for prepared inputs `[samples, …shape]`: logits `[samples, classes]` where they tell classes.
   * The caller frees them. Those of a training step leave statistics of the batch behind, which `settle` takes up.
   */
  ends(inputs: Tensor, options?: { trainingStep?: number }): Tensor[]
  /** What the weights add to the loss in training, a scalar; undefined if nothing. The caller frees it. */
  penalty(): Scalar | undefined
  /** Moves what no gradient moves by the last training step's batch, or (`false`) forgets that batch. */
  settle(take: boolean): void
  /** What each output answers, the main one's probabilities first; sample by sample. */
  answers(samples: Samples): Float32Array[]
  /** What the named layers put out for samples; an output that tells classes before its softmax. */
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
  const outputs = outputsOf(network)
  const noisy = nodes.flatMap(({ layer }) => (layer && drawsBySteps(layer) ? [layer] : []))
  const watching = nodes.flatMap(({ layer }) => (layer && movesByBatches(layer) ? [layer] : []))

  function inputTensor({ count, values }: Samples): Tensor {
    return tf.tensor(toInputs(values, preprocessing), [count, ...preprocessing.shape], 'float32')
  }

  function ends(inputs: Tensor, options: { trainingStep?: number } = {}): Tensor[] {
    const training = options.trainingStep !== undefined
    for (const layer of noisy) layer.step = options.trainingStep ?? 0
    return tf.tidy(() => {
      const given = run(nodes, inputs, training)
      return outputs.flatMap(({ id }) => given.get(id) ?? [])
    })
  }

  return {
    variables: trainableVariables(nodes),
    outputs,
    ends,
    penalty() {
      const penalized = weightBringers(nodes).flatMap(({ layer }) => (layer && layer.losses.length > 0 ? [layer] : []))
      if (penalized.length === 0) return undefined
      return tf.tidy(() => tf.addN(penalized.flatMap((layer) => layer.calculateLosses())).asScalar())
    },
    settle: (take) => watching.forEach((layer) => layer.settle(take)),
    inputTensor,
    answers: (samples) =>
      tf.tidy(() =>
        ends(inputTensor(samples)).map((end, n) => {
          const answer = outputs[n]?.loss === 'classes' ? tf.softmax(end) : end
          return Float32Array.from(answer.dataSync())
        }),
      ),
    layerOutputs(samples, wanted) {
      const found = new Map<string, LayerOutput>()
      tf.tidy(() => {
        const given = run(nodes, inputTensor(samples), false)
        for (const node of wanted) {
          const output = given.get(node)
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

/** What each node puts out, by its id. */
function run(nodes: readonly BuiltNode[], inputs: Tensor, training: boolean): Map<string, Tensor> {
  const outputs = new Map<string, Tensor>()
  for (const { id, layer, takes, sources } of nodes) {
    const arriving = sources.flatMap((source) => outputs.get(source) ?? [])
    const result = layer ? layer.call(arriving, { training }) : takenChannels(inputs, takes)
    const [output] = Array.isArray(result) ? result : [result]
    if (!output) throw new Error(`${id} gave nothing`)
    outputs.set(id, output)
  }
  return outputs
}

/** Some channels of samples `[samples, …places, channels]`; all where no range is given. */
export function takenChannels(samples: Tensor, range: ChannelRange | undefined): Tensor {
  if (!range) return samples
  const before = samples.shape.slice(0, -1)
  return tf.slice(samples, [...before.map(() => 0), range.first], [...before, range.count])
}
