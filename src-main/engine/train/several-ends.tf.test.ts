import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '@shared/network/check'
import { outputsOf } from '@shared/network/outputs'
import { walk } from '@shared/network/walk'
import { tf } from '../tf'
import type { SmallNetwork } from '../testing/branched'
import { easyBatch, settings } from '../testing/networks'
import { randomEnds } from '../testing/random-ends'
import { networksOfSeveralEnds } from '../testing/several-ends'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'
import type { Stepper } from './stepper'

const kinds = {
  eager: makeEagerStepper,
  compiled: (...[network, own, preprocessing]: Parameters<typeof makeEagerStepper>) =>
    makeCompiledStepper(network, own, preprocessing, 'float32'),
}

function make(path: keyof typeof kinds, { network, shape }: SmallNetwork, learningRate: number): Stepper {
  const own = settings({ seed: 5, optimizer: { kind: 'sgd', values: { learningRate } } })
  return kinds[path](network, own, { shape, divisor: 255 })
}

function relative(one: ArrayLike<number>, other: Float32Array): number {
  // What no loss moves is zero in both.
  const size = Math.max(...other.map(Math.abs)) || 1
  return Math.max(...other.map((value, n) => Math.abs((one[n] ?? Number.NaN) - value))) / size
}

describe.each(Object.entries(networksOfSeveralEnds))('%s', (_name, one) => {
  it('can train', () => expect(check(one.network, walk(one.network), { shape: one.shape, classes: 3 })).toEqual([]))

  it('takes the same 20 steps eagerly and compiled, and leaves nothing behind', () => {
    const before = tf.memory().numTensors
    const [eager, compiled] = [make('eager', one, 0.05), make('compiled', one, 0.05)]
    const count = outputsOf(one.network).length
    for (let n = 0; n < 20; n++) {
      const batch = easyBatch(16, n, one.shape)
      const [slow, fast] = [eager.step(batch), compiled.step(batch)]
      expect(Math.abs(slow.loss - fast.loss) / slow.loss).toBeLessThan(1e-5)
      expect(fast.hits).toBe(slow.hits)
      expect(fast.losses).toEqual(slow.losses.map((loss) => expect.closeTo(loss, 4)))
      expect(fast.losses).toHaveLength(count > 1 ? count : 0)
    }
    const expected = eager.readWeights()
    for (const [index, found] of compiled.readWeights().entries()) {
      const { node, name, shape, values } = expected[index]!
      expect(found).toMatchObject({ node, name, shape })
      expect(relative(found.values, values), `${node}/${name}`).toBeLessThan(1e-4)
    }
    const batch = easyBatch(20, 99, one.shape)
    const [slow, fast] = [eager.evaluate(batch), compiled.evaluate(batch)]
    expect(fast).toEqual({
      loss: expect.closeTo(slow.loss, 4),
      hits: slow.hits,
      losses: slow.losses.map((loss) => expect.closeTo(loss, 4)),
    })
    const sum = outputsOf(one.network).reduce((all, { weight }, n) => all + weight * fast.losses[n]!, 0)
    expect(fast.loss).toBeCloseTo(sum, 4)
    const answers = compiled.answers(batch)
    for (const [n, answer] of eager.answers(batch).entries()) expect(relative(answers[n]!, answer)).toBeLessThan(1e-4)
    expect(answers).toHaveLength(count)
    expect(compiled.predict(batch)).toEqual(answers[0])
    eager.dispose()
    compiled.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each(['bfloat16', 'float16'] as const)('goes the same way in %s, with fewer digits', (precision) => {
    const own = settings({ seed: 5, optimizer: { kind: 'momentum', values: { learningRate: 0.02 } } })
    const preprocessing = { shape: one.shape, divisor: 255 }
    const [whole, half] = [
      makeCompiledStepper(one.network, own, preprocessing, 'float32'),
      makeCompiledStepper(one.network, own, preprocessing, precision),
    ]
    for (let n = 0; n < 10; n++) {
      const batch = easyBatch(16, n, one.shape)
      const [exact, rough] = [whole.step(batch).loss, half.step(batch).loss]
      expect(Math.abs(exact - rough) / exact).toBeLessThan(0.02)
    }
    whole.dispose()
    half.dispose()
  })
})

/** By how much a step of the size 1 against the gradient lowers the loss: as it says itself, and as measured. */
async function slopes(path: keyof typeof kinds, one: SmallNetwork, seed: number): Promise<[number, number]> {
  const rate = 1e-3
  const stepper = make(path, one, rate)
  const batch = easyBatch(6, seed, one.shape)
  const start = await stepper.readState()
  stepper.step(batch)
  const moved = stepper.readWeights()
  const gradients = start.weights.map(({ values }, n) =>
    values.map((value, at) => (value - moved[n]!.values[at]!) / rate),
  )
  const length = Math.hypot(...gradients.flatMap((values) => [...values]))
  const at = async (distance: number) => {
    const weights = start.weights.map((weight, n) => ({
      ...weight,
      values: weight.values.map((value, index) => value + (distance * gradients[n]![index]!) / length),
    }))
    await stepper.writeState({ ...start, weights })
    return stepper.evaluate(batch).loss
  }
  const distance = 0.02
  const measured = ((await at(distance)) - (await at(-distance))) / (2 * distance)
  stepper.dispose()
  return [length, measured]
}

describe.each(['eager', 'compiled'] as const)('random networks with several ends, %s', (path) => {
  it('have the gradients of the sum of their losses that are measured', async () => {
    await fc.assert(
      fc.asyncProperty(randomEnds, fc.integer({ min: 1, max: 1e6 }), async (one, seed) => {
        expect(check(one.network, walk(one.network), { shape: one.shape, classes: 3 })).toEqual([])
        const [computed, measured] = await slopes(path, one, seed)
        expect(Math.abs(computed - measured)).toBeLessThan(1e-3 + 0.01 * computed)
      }),
      { numRuns: 30, seed: 1 },
    )
  })
})
