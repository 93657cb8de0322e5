import type { Preprocessing } from '@shared/data/preprocessing'
import { kindsWithoutLowering } from '@shared/network/compiled'
import type { NetworkDocument } from '@shared/network/document'
import type { Samples } from '../data/batches'
import { compileInference } from '../graph/compile'
import { CompiledNetwork } from '../graph/compiled-network'
import type { LayerOutput } from './layer-output'
import { makeNetworkModel } from './network-model'
import type { Weight, WeightPlace } from './weights'

/** A network with fixed weights that answers. Who opens it disposes it. */
export interface Inference {
  /** Probabilities of each class, sample by sample. */
  predict(samples: Samples): Float32Array
  /** What each output answers, the main one's probabilities first; sample by sample. */
  answers(samples: Samples): Float32Array[]
  /** What the named layers put out for samples, from one pass; the last one before its softmax. */
  layerOutputs(samples: Samples, nodes: readonly string[]): Map<string, LayerOutput>
  listWeights(): WeightPlace[]
  /** Copies all weights, or only those of one node. */
  readWeights(ofNode?: string): Weight[]
  dispose(): void
}

/** Makes a checked network answer with the given weights. Throws an `Error` that names the weight that does not fit. */
export function openInference(
  network: NetworkDocument,
  preprocessing: Preprocessing,
  weights: readonly Weight[],
): Inference {
  if (kindsWithoutLowering(network).length === 0) {
    return new CompiledNetwork(compileInference({ network, preprocessing }), preprocessing.shape, weights)
  }
  const model = makeNetworkModel(network, preprocessing, 'zeros')
  try {
    model.writeWeights(weights)
  } catch (error) {
    model.dispose()
    throw error
  }
  return {
    predict: (samples) => model.answers(samples)[0] ?? new Float32Array(),
    answers: (samples) => model.answers(samples),
    layerOutputs: (samples, nodes) => model.layerOutputs(samples, nodes),
    listWeights: () => model.listWeights(),
    readWeights: (ofNode) => model.readWeights(ofNode),
    dispose: () => model.dispose(),
  }
}
