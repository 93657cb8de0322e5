import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import type { TrainingSettings } from '@shared/training/settings'
import type { Batch } from '../data/batches'
import { installFastStep, softmaxLoss } from '../kernels'
import { makeNetworkModel } from '../model/network-model'
import { tf, type Scalar, type Tensor } from '../tf'
import { disposeOptimizer, makeOptimizer, readOptimizer, writeOptimizer } from './optimizer'
import type { Stepper, StepResult } from './stepper'

/** Trains by running TensorFlow operations one at a time, as tfjs does; tfjs's optimizers move the weights. */
export function makeEagerStepper(
  network: NetworkDocument,
  settings: TrainingSettings,
  preprocessing: Preprocessing,
): Stepper {
  installFastStep()
  const model = makeNetworkModel(network, preprocessing, { seed: settings.seed })
  const variables = [...model.variables]
  let optimizer = makeOptimizer(settings.optimizer)
  let stepsDone = 0

  function tensors(batch: Batch): { inputs: Tensor; labels: Tensor } {
    if (batch.count === 0) throw new RangeError('An empty batch cannot be computed')
    return { inputs: model.inputTensor(batch), labels: tf.tensor1d(batch.labels, 'int32') }
  }

  function step(batch: Batch): StepResult {
    const result = tf.tidy(() => {
      const { inputs, labels } = tensors(batch)
      let hits: Tensor | undefined
      const loss = (): Scalar => {
        const logits = model.logits(inputs, { trainingStep: stepsDone })
        hits = tf.keep(countHits(logits, labels))
        const loss = softmaxLoss(logits, labels)
        const penalty = model.penalty()
        return penalty ? tf.add(loss, penalty).asScalar() : loss
      }
      const { value, grads } = tf.variableGrads(loss, variables)
      // A loss that is no number would spoil every weight: they stay as they are, and the loop decides.
      const mean = read(value)
      if (Number.isFinite(mean)) optimizer.applyGradients(grads)
      model.settle(Number.isFinite(mean))
      const right = hits ? read(hits) : 0
      hits?.dispose()
      return { loss: mean, hits: right }
    })
    stepsDone += 1
    return result
  }

  return {
    step,
    evaluate: (batch) =>
      tf.tidy(() => {
        const { inputs, labels } = tensors(batch)
        const logits = model.logits(inputs)
        return { loss: read(softmaxLoss(logits, labels)), hits: read(countHits(logits, labels)) }
      }),
    predict: (samples) => model.probabilities(samples),
    listWeights: () => model.listWeights(),
    readWeights: (ofNode) => model.readWeights(ofNode),
    async readState() {
      return { step: stepsDone, weights: model.readWeights(), optimizer: await readOptimizer(optimizer) }
    },
    async writeState(state) {
      model.writeWeights(state.weights)
      disposeOptimizer(optimizer)
      optimizer = makeOptimizer(settings.optimizer)
      await writeOptimizer(optimizer, state.optimizer)
      stepsDone = state.step
    },
    dispose() {
      disposeOptimizer(optimizer)
      model.dispose()
    },
  }
}

function countHits(logits: Tensor, labels: Tensor): Tensor {
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'))
}

function read(scalar: Tensor): number {
  return scalar.dataSync()[0] ?? Number.NaN
}
