import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import type { TrainingSettings } from '@shared/training/settings'
import type { Batch } from '../data/batches'
import { installFastStep, softmaxLoss } from '../kernels'
import { makeNetworkModel } from '../model/network-model'
import { tf, type Scalar, type Tensor } from '../tf'
import { disposeOptimizer, makeOptimizer, readOptimizer, writeOptimizer } from './optimizer'
import type { Stepper, StepResult } from './stepper'

/** The right classes of a batch, int32 `[samples]`; of mixed samples with second ones and the shares of the first. */
interface Targets {
  readonly labels: Tensor
  readonly mixed?: { readonly labels: Tensor; readonly shares: Tensor }
}

/** Trains by running TensorFlow operations one at a time, as tfjs does; tfjs's optimizers move the weights. */
export function makeEagerStepper(
  network: NetworkDocument,
  settings: TrainingSettings,
  preprocessing: Preprocessing,
): Stepper {
  installFastStep()
  const model = makeNetworkModel(network, preprocessing, { seed: settings.seed })
  const variables = [...model.variables]
  const several = model.outputs.length > 1
  let optimizer = makeOptimizer(settings.optimizer)
  let stepsDone = 0

  function tensors(batch: Batch): { inputs: Tensor; targets: Targets } {
    if (batch.count === 0) throw new RangeError('An empty batch cannot be computed')
    const labels = tf.tensor1d(batch.labels, 'int32')
    const { mixed } = batch
    const others = mixed && { labels: tf.tensor1d(mixed.labels, 'int32'), shares: tf.tensor1d(mixed.shares) }
    return { inputs: model.inputTensor(batch), targets: { labels, ...(others ? { mixed: others } : {}) } }
  }

  /** The mean of each output's own loss. */
  function judge(ends: readonly Tensor[], inputs: Tensor, targets: Targets): Scalar[] {
    return ends.map((end, n) =>
      model.outputs[n]?.loss === 'sample'
        ? tf.mean(tf.square(tf.sub(end, inputs))).asScalar()
        : classLoss(end, targets),
    )
  }

  function weighted(losses: readonly Scalar[]): Scalar {
    const parts = losses.map((loss, n) => {
      const weight = model.outputs[n]?.weight ?? 1
      return weight === 1 ? loss : tf.mul(loss, weight).asScalar()
    })
    const [first] = parts
    return first && parts.length === 1 ? first : tf.addN([...parts]).asScalar()
  }

  function step(batch: Batch): StepResult {
    const result = tf.tidy(() => {
      const { inputs, targets } = tensors(batch)
      let hits: Tensor | undefined
      let own: Tensor[] = []
      const loss = (): Scalar => {
        const ends = model.ends(inputs, { trainingStep: stepsDone })
        hits = tf.keep(countHits(ends, targets))
        const losses = judge(ends, inputs, targets)
        own = several ? losses.map((one) => tf.keep(one.clone())) : []
        const penalty = model.penalty()
        return penalty ? tf.add(weighted(losses), penalty).asScalar() : weighted(losses)
      }
      const { value, grads } = tf.variableGrads(loss, variables)
      // A loss that is no number would spoil every weight: they stay as they are, and the loop decides.
      const mean = read(value)
      if (Number.isFinite(mean)) optimizer.applyGradients(grads)
      model.settle(Number.isFinite(mean))
      const result = { loss: mean, hits: hits ? read(hits) : 0, losses: own.map(read) }
      tf.dispose([...own, ...(hits ? [hits] : [])])
      return result
    })
    stepsDone += 1
    return result
  }

  return {
    step,
    evaluate: (batch) =>
      tf.tidy(() => {
        const { inputs, targets } = tensors(batch)
        const ends = model.ends(inputs)
        const losses = judge(ends, inputs, targets)
        return {
          loss: read(weighted(losses)),
          hits: read(countHits(ends, targets)),
          losses: several ? losses.map(read) : [],
        }
      }),
    predict: (samples) => model.answers(samples)[0] ?? new Float32Array(),
    answers: (samples) => model.answers(samples),
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

/** The mean cross-entropy against the right classes; of mixed samples against both classes, by their shares. */
function classLoss(logits: Tensor, { labels, mixed }: Targets): Scalar {
  if (!mixed) return softmaxLoss(logits, labels)
  const rest = tf.sub(1, mixed.shares)
  return tf.add(softmaxLoss(logits, labels, mixed.shares), softmaxLoss(logits, mixed.labels, rest)).asScalar()
}

/** How many right guesses there are; of mixed samples the sum of the right shares. */
function countHits([logits]: readonly Tensor[], { labels, mixed }: Targets): Tensor {
  if (!logits) throw new Error('the network has no output')
  const best = tf.argMax(logits, 1)
  const right = (of: Tensor) => tf.cast(tf.equal(best, of), 'float32')
  if (!mixed) return tf.sum(right(labels))
  const other = right(mixed.labels)
  return tf.sum(tf.add(other, tf.mul(mixed.shares, tf.sub(right(labels), other))))
}

function read(scalar: Tensor): number {
  return scalar.dataSync()[0] ?? Number.NaN
}
