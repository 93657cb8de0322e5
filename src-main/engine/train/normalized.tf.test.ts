import { describe, expect, it } from 'vitest'
import { branches, chain, type ChainStep } from '@shared/network/chain'
import type { NetworkDocument } from '@shared/network/document'
import { tf } from '../tf'
import { residualNetwork } from '../testing/branched'
import { easyBatch, preprocessing, settings } from '../testing/networks'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'
import type { Stepper } from './stepper'

const head = [['flatten'], ['dense', { units: 3, activation: 'softmax' }]] as const
// In front of batch normalization a bias has no gradient but rounding errors, which nothing could be compared by.
const conv: ChainStep = ['conv2d', { filters: 6, kernel: [3, 3], activation: 'linear', bias: false }]

const networks: Record<string, NetworkDocument> = {
  'a residual block': residualNetwork(),
  'batch normalization of pictures': chain(
    ['input', { shape: [8, 8, 1] }],
    conv,
    ['batch-normalization', { momentum: 0.8, epsilon: 0.01, scale: false }],
    ['activation', { function: 'tanh' }],
    ['max-pooling-2d'],
    ...head,
  ),
  'batch normalization of rows, without learned mean and spread': chain(
    ['input', { shape: [8, 8, 1] }],
    ['flatten'],
    ['dense', { units: 10, activation: 'linear', bias: false }],
    ['batch-normalization', { center: false, scale: false }],
    ['activation', { function: 'softplus' }],
    ['dense', { units: 3, activation: 'softmax' }],
  ),
  'local response normalization': chain(
    ['input', { shape: [8, 8, 1] }],
    conv,
    ['local-response-normalization', { k: 1, alpha: 0.5 }],
    ...head,
  ),
  'concatenated branches': branches(
    ['input', { shape: [8, 8, 1] }, { mark: 'input' }],
    ['conv2d', { filters: 3, kernel: [1, 1], activation: 'tanh' }, { mark: 'small' }],
    ['conv2d', { filters: 4, padding: 'same', activation: 'tanh' }, { mark: 'large', from: ['input'] }],
    ['concatenate', {}, { from: ['large', 'small', 'input'] }],
    ...head,
  ),
  'three sums, one input twice': branches(
    ['input', { shape: [8, 8, 1] }, { mark: 'input' }],
    ['conv2d', { filters: 2, kernel: [1, 1], activation: 'tanh' }, { mark: 'one' }],
    ['conv2d', { filters: 2, padding: 'same', activation: 'tanh' }, { mark: 'other', from: ['input'] }],
    ['add', {}, { from: ['one', 'other', 'one'] }],
    ...head,
  ),
}

function relative(one: Float32Array, other: Float32Array): number {
  let [difference, size] = [0, 0]
  for (const [n, value] of other.entries()) {
    difference = Math.max(difference, Math.abs((one[n] ?? Number.NaN) - value))
    size = Math.max(size, Math.abs(value))
  }
  return difference / size
}

function pair(network: NetworkDocument): { eager: Stepper; compiled: Stepper } {
  const own = settings({ seed: 5, optimizer: { kind: 'momentum', values: { learningRate: 0.01 } } })
  return {
    eager: makeEagerStepper(network, own, preprocessing),
    compiled: makeCompiledStepper(network, own, preprocessing, 'float32'),
  }
}

describe.each(Object.entries(networks))('%s', (_name, network) => {
  it('takes the same 20 steps eagerly and compiled, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors
    const { eager, compiled } = pair(network)
    for (let n = 0; n < 20; n++) {
      const [one, other] = [eager.step(easyBatch(32, n)), compiled.step(easyBatch(32, n))]
      expect(Math.abs(one.loss - other.loss) / one.loss).toBeLessThan(1e-5)
      expect(other.hits).toBe(one.hits)
    }
    const expected = eager.readWeights()
    for (const [index, found] of compiled.readWeights().entries()) {
      const { node, name, shape, values } = expected[index]!
      expect(found).toMatchObject({ node, name, shape })
      expect(relative(found.values, values), `${node}/${name}`).toBeLessThan(1e-4)
    }
    const batch = easyBatch(50, 99)
    expect(compiled.evaluate(batch).loss).toBeCloseTo(eager.evaluate(batch).loss, 4)
    expect(relative(compiled.predict(batch), eager.predict(batch))).toBeLessThan(1e-4)
    for (const stepper of [eager, compiled]) {
      const state = await stepper.readState()
      const next = stepper.step(easyBatch(32, 50)).loss
      await stepper.writeState(state)
      expect(stepper.step(easyBatch(32, 50)).loss).toBe(next)
      stepper.dispose()
    }
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('the running mean and variance', () => {
  const network = networks['batch normalization of pictures']!
  const statistics = (stepper: Stepper) => stepper.readWeights().filter(({ name }) => name.startsWith('moving'))

  it.each(['eager', 'compiled'] as const)('are not moved by a loss that is no number (%s)', async (path) => {
    const stepper = pair(network)[path]
    stepper.step(easyBatch(16, 1))
    const state = await stepper.readState()
    const weights = state.weights.map((weight) =>
      weight.node.startsWith('dense') ? { ...weight, values: weight.values.slice().fill(Number.NaN) } : weight,
    )
    await stepper.writeState({ ...state, weights })
    const before = stepper.readWeights()
    expect(stepper.step(easyBatch(16, 2)).loss).toBeNaN()
    expect(stepper.readWeights()).toEqual(before)
    stepper.dispose()
  })

  it.each(['eager', 'compiled'] as const)('are neither moved nor replaced by judging (%s)', (path) => {
    const stepper = pair(network)[path]
    for (let n = 0; n < 3; n++) stepper.step(easyBatch(16, n))
    const before = statistics(stepper)
    expect(before).toHaveLength(2)
    const whole = stepper.predict(easyBatch(20, 7))
    const alone = stepper.predict({ ...easyBatch(20, 7), count: 1, values: easyBatch(20, 7).values.subarray(0, 64) })
    // A sample's answer does not depend on its neighbours.
    for (const [n, value] of alone.entries()) expect(value).toBeCloseTo(whole[n]!, 6)
    expect(statistics(stepper)).toEqual(before)
    stepper.dispose()
  })
})
