import type { NetworkDocument } from '@shared/network/document'
import type { DType } from '@shared/graph/value'
import { sizeOf } from '@shared/layers/shape'
import { optimizerKinds } from '@shared/training/registry'
import type { TrainingSettings } from '@shared/training/settings'
import { compile, notANumber } from '../graph/compile'
import { GraphSession, type Fed, type Fetched } from '../graph/session'
import { makeNetworkModel } from '../model/network-model'
import type { Weight } from '../model/weights'
import type { Batch } from '../data/batches'
import type { OptimizerArray, Stepper, StepResult, TrainingState } from './stepper'

/**
 * Trains by one TensorFlow graph that holds forward pass, loss, gradients and update: one native call a step. The
 * network and the optimizer must have compiled forms. First weights and dropout are the eager stepper's, drawn from the
 * same seeds.
 */
export function makeCompiledStepper(
  network: NetworkDocument,
  settings: TrainingSettings,
  shape: readonly number[],
  compute: DType,
): Stepper {
  const optimizer = optimizerKinds.get(settings.optimizer.kind)
  if (!optimizer) throw new Error(`unknown optimizer ${settings.optimizer.kind}`)
  const values = optimizer.complete(settings.optimizer.values)
  const compiled = compile({ network, shape, optimizer, optimizerValues: values, seed: settings.seed, compute })
  const session = new GraphSession(compiled.graph, compiled.signatures)
  const rate = float([], [Number(values['learningRate'])])
  let stepsDone = 0

  function writeAll(weights: readonly Weight[], others: ReadonlyMap<string, Float32Array>): void {
    const byName = new Map(weights.map((weight) => [`${weight.node}/${weight.name}`, weight.values]))
    const state = [
      ...compiled.weights.map(({ name, shape }) => [name, float(shape, required(byName.get(name), name))] as const),
      ...compiled.others.map(({ name, shape, initial }) => {
        const given = others.get(name) ?? new Float32Array(sizeOf(shape)).fill(initial)
        return [name, float(shape, given)] as const
      }),
    ]
    session.run('write', Object.fromEntries(state))
  }

  const first = makeNetworkModel(network, { seed: settings.seed })
  writeAll(first.readWeights(), new Map())
  first.dispose()

  function fed({ count, inputs, labels }: Batch): { inputs: Fed; labels: Fed } {
    if (count === 0) throw new RangeError('An empty batch cannot be computed')
    return { inputs: float([count, ...shape], inputs), labels: { type: 'int32', shape: [count], values: labels } }
  }

  function step(batch: Batch): StepResult {
    stepsDone += 1
    try {
      const number = Int32Array.of(stepsDone - 1)
      const out = session.run('step', { ...fed(batch), rate, step: { type: 'int32', shape: [], values: number } })
      return { loss: scalar(out['loss']), hits: scalar(out['hits']) }
    } catch (thrown) {
      // A loss that is no number stops the graph before any weight is moved; the loop decides what to do.
      if (thrown instanceof Error && thrown.message.includes(notANumber)) return { loss: Number.NaN, hits: 0 }
      throw thrown
    }
  }

  const places = compiled.weights.map(({ name, shape }) => {
    const cut = name.lastIndexOf('/')
    return { key: name, place: { node: name.slice(0, cut), name: name.slice(cut + 1), shape } }
  })

  function readWeights(ofNode?: string, read = session.run('read', {})): Weight[] {
    return places
      .filter(({ place }) => ofNode === undefined || place.node === ofNode)
      .map(({ key, place }) => ({ ...place, values: floats(read[key]) }))
  }

  function readState(): TrainingState {
    const read = session.run('read', {})
    const optimizer = compiled.others.map(({ name, shape }): OptimizerArray => {
      return { name, dtype: 'float32', shape, values: floats(read[name]) }
    })
    return { step: stepsDone, weights: readWeights(undefined, read), optimizer }
  }

  return {
    step,
    evaluate(batch) {
      const out = session.run('evaluate', fed(batch))
      return { loss: scalar(out['loss']) / batch.count, hits: scalar(out['hits']) }
    },
    predict: (inputs, samples) =>
      floats(session.run('predict', { inputs: float([samples, ...shape], inputs) })['probabilities']),
    listWeights: () => places.map(({ place }) => place),
    readWeights: (ofNode) => readWeights(ofNode),
    readState: () => Promise.resolve(readState()),
    writeState(state) {
      writeAll(state.weights, new Map(state.optimizer.map(({ name, values }) => [name, Float32Array.from(values)])))
      stepsDone = state.step
      return Promise.resolve()
    },
    dispose: () => session.dispose(),
  }
}

function float(shape: readonly number[], values: ArrayLike<number>): Fed {
  return { type: 'float32', shape, values: values instanceof Float32Array ? values : Float32Array.from(values) }
}

function floats(fetched: Fetched | undefined): Float32Array<ArrayBuffer> {
  return fetched ? Float32Array.from(fetched.values) : new Float32Array()
}

function scalar(fetched: Fetched | undefined): number {
  return fetched?.values[0] ?? Number.NaN
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is missing`)
  return value
}
