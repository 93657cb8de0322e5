import { describe, expect, it } from 'vitest'
import type { NetworkDocument } from '@shared/network/document'
import { tf } from '../tf'
import { LocalResponseNormalization } from '../model/layers/local-response'
import { arrangedNetworks, noisyNetworks } from '../testing/arranged'
import { normalizedNetworks } from '../testing/branched'
import { easyBatch, settings } from '../testing/networks'
import { tiedNetworks, tiedNoisyNetworks } from '../testing/tied'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'
import type { Stepper } from './stepper'

function relative(one: Float32Array, other: Float32Array): number {
  let [difference, size] = [0, 0]
  for (const [n, value] of other.entries()) {
    difference = Math.max(difference, Math.abs((one[n] ?? Number.NaN) - value))
    size = Math.max(size, Math.abs(value))
  }
  return difference / size
}

const training = settings({ seed: 5, optimizer: { kind: 'momentum', values: { learningRate: 0.01 } } })

function pair({ network, shape }: { network: NetworkDocument; shape: number[] }) {
  const preprocessing = { shape, divisor: 255 }
  return {
    eager: makeEagerStepper(network, training, preprocessing),
    compiled: makeCompiledStepper(network, training, preprocessing, 'float32'),
  }
}

const networks = {
  ...normalizedNetworks,
  ...arrangedNetworks,
  ...noisyNetworks,
  ...tiedNetworks,
  ...tiedNoisyNetworks,
}

describe.each(Object.entries(networks))('%s', (_name, own) => {
  const { shape } = own

  it('takes the same 20 steps eagerly and compiled, and leaves nothing behind', async () => {
    const before = tf.memory().numTensors
    const { eager, compiled } = pair(own)
    for (let n = 0; n < 20; n++) {
      const [one, other] = [eager.step(easyBatch(32, n, shape)), compiled.step(easyBatch(32, n, shape))]
      expect(Math.abs(one.loss - other.loss) / one.loss).toBeLessThan(1e-5)
      expect(other.hits).toBe(one.hits)
    }
    const expected = eager.readWeights()
    for (const [index, found] of compiled.readWeights().entries()) {
      const { node, name, shape, values } = expected[index]!
      expect(found).toMatchObject({ node, name, shape })
      expect(relative(found.values, values), `${node}/${name}`).toBeLessThan(1e-4)
    }
    const batch = easyBatch(50, 99, shape)
    expect(compiled.evaluate(batch).loss).toBeCloseTo(eager.evaluate(batch).loss, 4)
    expect(relative(compiled.predict(batch), eager.predict(batch))).toBeLessThan(1e-4)
    for (const stepper of [eager, compiled]) {
      const state = await stepper.readState()
      const next = stepper.step(easyBatch(32, 50, shape)).loss
      await stepper.writeState(state)
      expect(stepper.step(easyBatch(32, 50, shape)).loss).toBe(next)
      stepper.dispose()
    }
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each(['bfloat16', 'float16'] as const)('goes the same way in %s, with fewer digits', (precision) => {
    const [whole, half] = (['float32', precision] as const).map((one) =>
      makeCompiledStepper(own.network, training, { shape, divisor: 255 }, one),
    )
    for (let n = 0; n < 10; n++) {
      const [exact, rough] = [whole!.step(easyBatch(32, n, shape)), half!.step(easyBatch(32, n, shape))]
      expect(Math.abs(exact.loss - rough.loss) / exact.loss).toBeLessThan(0.02)
    }
    const rough = half!.readWeights()
    for (const [at, { node, name, values }] of whole!.readWeights().entries())
      expect(relative(rough[at]!.values, values), `${node}/${name}`).toBeLessThan(0.05)
    whole!.dispose()
    half!.dispose()
  })
})

describe('the running mean and variance', () => {
  const own = normalizedNetworks['batch normalization of pictures']!
  const statistics = (stepper: Stepper) => stepper.readWeights().filter(({ name }) => name.startsWith('moving'))

  it.each(['eager', 'compiled'] as const)('are not moved by a loss that is no number (%s)', async (path) => {
    const stepper = pair(own)[path]
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
    const stepper = pair(own)[path]
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

it('local response normalization divides by (k + α · Σ x²)^β over the neighbouring channels', () => {
  const [radius, k, alpha, beta, channels] = [2, 1.5, 0.3, 0.6, 7]
  const values = Float32Array.from({ length: 2 * 3 * 2 * channels }, (_unused, n) => Math.sin(7 * n) * 3)
  const layer = new LocalResponseNormalization({ radius, k, alpha, beta, name: 'it' })
  const found = tf.tidy(() => layer.call(tf.tensor(values, [2, 3, 2, channels])).dataSync())
  for (const [at, value] of values.entries()) {
    const [channel, first] = [at % channels, at - (at % channels)]
    let sum = 0
    for (let other = 0; other < channels; other++)
      if (Math.abs(other - channel) <= radius) sum += (values[first + other] ?? 0) ** 2
    expect(found[at]).toBeCloseTo(value / (k + alpha * sum) ** beta, 5)
  }
})
