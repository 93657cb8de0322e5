import { describe, expect, it } from 'vitest'
import { optimizerKinds } from '@shared/training/registry'
import { tf } from '../tf'
import { chain } from '@shared/network/chain'
import { easyBatch, preprocessing, settings, smallNetwork } from '../testing/networks'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'
import type { Stepper } from './stepper'

const adam = settings({ optimizer: { kind: 'adam', values: { learningRate: 0.01 } } })

function steps(stepper: Stepper, from: number, to: number): number[] {
  const losses: number[] = []
  for (let n = from; n < to; n++) losses.push(stepper.step(easyBatch(32, n)).loss)
  return losses
}

function weightsOf(stepper: Stepper): number[][] {
  return stepper.readWeights().map(({ values }) => [...values])
}

const steppers: { path: string; make: typeof makeEagerStepper }[] = [
  { path: 'eager', make: makeEagerStepper },
  { path: 'compiled', make: (network, own, prepared) => makeCompiledStepper(network, own, prepared, 'float32') },
]

describe.each(steppers)('the $path stepper', ({ make }) => {
  it('learns, and keeps no tensors from step to step', () => {
    const before = tf.memory().numTensors
    const stepper = make(smallNetwork(), adam, preprocessing)
    const losses = steps(stepper, 0, 1)
    const tensors = tf.memory().numTensors
    losses.push(...steps(stepper, 1, 60))
    expect(tf.memory().numTensors).toBe(tensors)
    expect(losses[0]).toBeGreaterThan(0.7)
    expect(losses.at(-1)).toBeLessThan(0.2)
    const judged = stepper.evaluate(easyBatch(500, 1000))
    expect(judged.hits / 500).toBeGreaterThan(0.95)
    expect(tf.memory().numTensors).toBe(tensors)
    stepper.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('gives the same weights for the same seed, and others for another', () => {
    const trained = (seed: number) => {
      const stepper = make(smallNetwork(), { ...adam, seed }, preprocessing)
      steps(stepper, 0, 5)
      const weights = weightsOf(stepper)
      stepper.dispose()
      return weights
    }
    expect(trained(1)).toEqual(trained(1))
    expect(trained(2)).not.toEqual(trained(1))
  })

  it('judges by its weights without moving them, dropout off', () => {
    const stepper = make(smallNetwork(), adam, preprocessing)
    steps(stepper, 0, 3)
    const before = weightsOf(stepper)
    const batch = easyBatch(20, 9)
    const judged = stepper.evaluate(batch)
    expect(stepper.evaluate(batch)).toEqual(judged)
    expect(weightsOf(stepper)).toEqual(before)

    const probabilities = stepper.predict(batch)
    expect(probabilities).toHaveLength(60)
    let [loss, hits] = [0, 0]
    for (const [n, label] of batch.labels.entries()) {
      const row = [...probabilities.subarray(n * 3, n * 3 + 3)]
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
      loss -= Math.log(row[label]!) / 20
      hits += row.indexOf(Math.max(...row)) === label ? 1 : 0
    }
    expect(judged.loss).toBeCloseTo(loss, 4)
    expect(judged.hits).toBe(hits)
    stepper.dispose()
  })

  it('moves nothing where the loss is no number', async () => {
    const stepper = make(smallNetwork(), adam, preprocessing)
    const state = await stepper.readState()
    const weights = state.weights.map((weight, n) =>
      n === state.weights.length - 1 ? { ...weight, values: weight.values.slice().fill(Number.NaN) } : weight,
    )
    await stepper.writeState({ ...state, weights })
    expect(stepper.step(easyBatch(8, 1)).loss).toBeNaN()
    expect(stepper.readWeights()).toEqual(weights)
    expect((await stepper.readState()).optimizer).toEqual(state.optimizer)
    stepper.dispose()
  })

  it('refuses an empty batch', () => {
    const stepper = make(smallNetwork(), adam, preprocessing)
    expect(() => stepper.step(easyBatch(0, 1))).toThrow(RangeError)
    stepper.dispose()
  })

  it('takes the layers of a document in the order of its wires', () => {
    const network = chain(['input', { shape: [8, 8, 1] }], ['flatten'], ['dense', { units: 3, activation: 'softmax' }])
    const reversed = { nodes: [...network.nodes].reverse(), wires: [...network.wires].reverse() }
    const stepper = make(reversed, adam, preprocessing)
    const losses = steps(stepper, 0, 40)
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2)
    stepper.dispose()
  })
})

const withOptimizers = steppers.flatMap((one) => [...optimizerKinds.keys()].map((kind) => ({ ...one, kind })))

describe.each(withOptimizers)('the $path stepper with the optimizer $kind', ({ make, kind }) => {
  const own = settings({ optimizer: { kind, values: {} } })

  it('a stepper goes on from a state exactly as the one that it was taken from', async () => {
    const before = tf.memory().numTensors
    const whole = make(smallNetwork(), own, preprocessing)
    steps(whole, 0, 4)
    const state = await whole.readState()
    const goingOn = make(smallNetwork(), { ...own }, preprocessing)
    steps(goingOn, 50, 52)
    await goingOn.writeState(state)
    expect(steps(goingOn, 4, 8)).toEqual(steps(whole, 4, 8))
    expect(weightsOf(goingOn)).toEqual(weightsOf(whole))
    expect((await goingOn.readState()).step).toBe(8)
    whole.dispose()
    goingOn.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('the loss falls', () => {
    const stepper = make(smallNetwork(), own, preprocessing)
    const losses = steps(stepper, 0, 60)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)))
    stepper.dispose()
  })
})
