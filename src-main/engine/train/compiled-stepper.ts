import type { Preprocessing } from '@shared/data/preprocessing'
import type { NetworkDocument } from '@shared/network/document'
import { mixesLabels } from '@shared/augmentation/registry'
import { optimizerKinds } from '@shared/training/registry'
import type { TrainingSettings } from '@shared/training/settings'
import type { Precision } from '@shared/training/precision'
import type { Batch } from '../data/batches'
import { compileTraining, notANumber, overflow, ownLosses } from '../graph/compile'
import { CompiledNetwork, float } from '../graph/compiled-network'
import type { Fed, Fetched } from '../graph/session'
import { makeNetworkModel } from '../model/network-model'
import { LossScale } from './loss-scale'
import type { OptimizerArray, Stepper, StepResult, TrainingState } from './stepper'

const lossScaleName = 'loss-scale'

/**
 * Trains by one TensorFlow graph that holds preprocessing, forward pass, loss, gradients and update: one native call a
 * step. The network and the optimizer must have compiled forms. First weights and dropout are the eager stepper's,
 * drawn from the same seeds.
 */
export function makeCompiledStepper(
  network: NetworkDocument,
  settings: TrainingSettings,
  preprocessing: Preprocessing,
  precision: Precision,
): Stepper {
  const optimizer = optimizerKinds.get(settings.optimizer.kind)
  if (!optimizer) throw new Error(`unknown optimizer ${settings.optimizer.kind}`)
  const optimizerValues = optimizer.complete(settings.optimizer.values)
  const { seed } = settings
  const mixed = mixesLabels(settings.augmentation)
  const compiled = compileTraining({
    network,
    preprocessing,
    optimizer,
    optimizerValues,
    seed,
    compute: precision,
    mixed,
  })
  const first = makeNetworkModel(network, preprocessing, { seed })
  const firstWeights = first.readWeights()
  first.dispose()
  const running = new CompiledNetwork(compiled, preprocessing.shape, firstWeights)
  const rate = float([], [Number(optimizerValues['learningRate'])])
  const lossScale = new LossScale()
  let stepsDone = 0

  function fed(batch: Batch): { inputs: Fed; labels: Fed } {
    return { inputs: running.samples(batch), labels: { type: 'int32', shape: [batch.count], values: batch.labels } }
  }

  /** Second labels and shares, where the graph takes them: samples that are not mixed keep all of themselves. */
  function fedMix({ count, labels, mixed: mix }: Batch): Record<string, Fed> {
    if (!mixed) return {}
    return {
      others: { type: 'int32', shape: [count], values: mix?.labels ?? labels },
      shares: float([count], mix?.shares ?? new Float32Array(count).fill(1)),
    }
  }

  function step(batch: Batch): StepResult {
    const number: Fed = { type: 'int32', shape: [], values: Int32Array.of(stepsDone) }
    stepsDone += 1
    for (;;) {
      try {
        const scale = float([], [lossScale.value])
        const out = running.run('step', { ...fed(batch), ...fedMix(batch), rate, scale, step: number })
        lossScale.kept()
        return { loss: scalar(out['loss']), hits: scalar(out['hits']), losses: ownLosses(out).map(scalar) }
      } catch (thrown) {
        if (!(thrown instanceof Error)) throw thrown
        if (thrown.message.includes(overflow) && lossScale.overflowed()) continue
        // What is no number stops the graph before any weight is moved; the loop decides what to do.
        if ([notANumber, overflow].some((text) => thrown.message.includes(text))) return noNumber
        throw thrown
      }
    }
  }

  function readState(): TrainingState {
    const { weights, others } = running.readAll()
    const arrays = others.map((array): OptimizerArray => ({ ...array, dtype: 'float32' }))
    const scale: OptimizerArray = { name: lossScaleName, dtype: 'float32', shape: [2], values: lossScale.state }
    return { step: stepsDone, weights, optimizer: precision === 'float16' ? [...arrays, scale] : arrays }
  }

  return {
    step,
    evaluate(batch) {
      const out = running.run('evaluate', fed(batch))
      const mean = (sum: Fetched | undefined) => scalar(sum) / batch.count
      return { loss: mean(out['loss']), hits: scalar(out['hits']), losses: ownLosses(out).map(mean) }
    },
    predict: (samples) => running.predict(samples),
    answers: (samples) => running.answers(samples),
    listWeights: () => running.listWeights(),
    readWeights: (ofNode) => running.readWeights(ofNode),
    readState: () => Promise.resolve(readState()),
    writeState(state) {
      const others = new Map(state.optimizer.map(({ name, values }) => [name, Float32Array.from(values)]))
      running.writeAll(state.weights, others)
      const scale = others.get(lossScaleName)
      if (scale) lossScale.state = scale
      stepsDone = state.step
      return Promise.resolve()
    },
    dispose: () => running.dispose(),
  }
}

const noNumber: StepResult = { loss: Number.NaN, hits: 0, losses: [] }

function scalar(fetched: Fetched | undefined): number {
  return fetched?.values[0] ?? Number.NaN
}
