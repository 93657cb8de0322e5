import { describe, expect, it } from 'vitest'
import { optimizerKinds } from '@shared/training/registry'
import { tf } from '../tf'
import { chain } from '@shared/network/chain'
import { easyBatch, settings, smallNetwork } from '../testing/networks'
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

describe('the eager stepper', () => {
  it('learns, and keeps no tensors from step to step', () => {
    const before = tf.memory().numTensors
    const stepper = makeEagerStepper(smallNetwork(), adam)
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
      const stepper = makeEagerStepper(smallNetwork(), { ...adam, seed })
      steps(stepper, 0, 5)
      const weights = weightsOf(stepper)
      stepper.dispose()
      return weights
    }
    expect(trained(1)).toEqual(trained(1))
    expect(trained(2)).not.toEqual(trained(1))
  })

  it('judges by its weights without moving them, dropout off', () => {
    const stepper = makeEagerStepper(smallNetwork(), adam)
    steps(stepper, 0, 3)
    const before = weightsOf(stepper)
    const batch = easyBatch(20, 9)
    const judged = stepper.evaluate(batch)
    expect(stepper.evaluate(batch)).toEqual(judged)
    expect(weightsOf(stepper)).toEqual(before)

    const probabilities = stepper.predict(batch.inputs, batch.count)
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

  it('leaves its weights alone where the loss is no number', () => {
    const stepper = makeEagerStepper(smallNetwork(), adam)
    const before = weightsOf(stepper)
    const batch = easyBatch(4, 1)
    batch.inputs.fill(Number.POSITIVE_INFINITY)
    expect(stepper.step(batch).loss).toBeNaN()
    expect(weightsOf(stepper)).toEqual(before)
    stepper.dispose()
  })

  it('refuses an empty batch', () => {
    const stepper = makeEagerStepper(smallNetwork(), adam)
    expect(() => stepper.step(easyBatch(0, 1))).toThrow(RangeError)
    stepper.dispose()
  })

  it('takes the layers of a document in the order of its wires', () => {
    const network = chain(['input', { shape: [8, 8, 1] }], ['flatten'], ['dense', { units: 3, activation: 'softmax' }])
    const reversed = { nodes: [...network.nodes].reverse(), wires: [...network.wires].reverse() }
    const stepper = makeEagerStepper(reversed, adam)
    const losses = steps(stepper, 0, 40)
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2)
    stepper.dispose()
  })
})

describe.each([...optimizerKinds.keys()])('with the optimizer %s', (kind) => {
  const own = settings({ optimizer: { kind, values: {} } })

  it('a stepper goes on from a state exactly as the one that it was taken from', async () => {
    const before = tf.memory().numTensors
    const whole = makeEagerStepper(smallNetwork(), own)
    steps(whole, 0, 4)
    const state = await whole.readState()
    const goingOn = makeEagerStepper(smallNetwork(), { ...own })
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
    const stepper = makeEagerStepper(smallNetwork(), own)
    const losses = steps(stepper, 0, 60)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)))
    stepper.dispose()
  })
})
