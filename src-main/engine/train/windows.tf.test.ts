import { describe, expect, it } from 'vitest'
import { check } from '@shared/network/check'
import { walk } from '@shared/network/walk'
import { tf } from '../tf'
import { easyBatch, settings } from '../testing/networks'
import { ownWindowNetworks, windowNetworks, type WindowNetwork } from '../testing/windows'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'

function prepare({ network, shape }: WindowNetwork) {
  expect(check(network, walk(network), { shape, classes: 3 })).toEqual([])
  const own = settings({ seed: 5, optimizer: { kind: 'momentum', values: { learningRate: 0.02 } } })
  return { own, preprocessing: { shape, divisor: 255 } }
}

function relative(one: Float32Array, other: Float32Array): number {
  let [difference, size] = [0, 0]
  for (const [n, value] of other.entries()) {
    difference = Math.max(difference, Math.abs((one[n] ?? Number.NaN) - value))
    size = Math.max(size, Math.abs(value))
  }
  return difference / size
}

describe.each(Object.entries({ ...windowNetworks, ...ownWindowNetworks }))('%s', (_name, one) => {
  it('takes the same 20 steps eagerly and compiled, and leaves nothing behind', () => {
    const before = tf.memory().numTensors
    const { network } = one
    const { own, preprocessing } = prepare(one)
    const eager = makeEagerStepper(network, own, preprocessing)
    const compiled = makeCompiledStepper(network, own, preprocessing, 'float32')
    for (let n = 0; n < 20; n++) {
      const batch = easyBatch(16, n, one.shape)
      const [slow, fast] = [eager.step(batch), compiled.step(batch)]
      expect(Math.abs(slow.loss - fast.loss) / slow.loss).toBeLessThan(1e-5)
      expect(fast.hits).toBe(slow.hits)
    }
    const expected = eager.readWeights()
    for (const [index, found] of compiled.readWeights().entries()) {
      const { node, name, shape, values } = expected[index]!
      expect(found).toMatchObject({ node, name, shape })
      expect(relative(found.values, values), `${node}/${name}`).toBeLessThan(1e-4)
    }
    const batch = easyBatch(20, 99, one.shape)
    expect(compiled.evaluate(batch).loss).toBeCloseTo(eager.evaluate(batch).loss, 4)
    expect(relative(compiled.predict(batch), eager.predict(batch))).toBeLessThan(1e-4)
    eager.dispose()
    compiled.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it.each(['bfloat16', 'float16'] as const)('goes the same way in %s, with fewer digits', (precision) => {
    const { network } = one
    const { own, preprocessing } = prepare(one)
    const [whole, half] = [
      makeCompiledStepper(network, own, preprocessing, 'float32'),
      makeCompiledStepper(network, own, preprocessing, precision),
    ]
    for (let n = 0; n < 10; n++) {
      const batch = easyBatch(16, n, one.shape)
      const [exact, rough] = [whole.step(batch).loss, half.step(batch).loss]
      // bfloat16 has eight bits of precision: 0.4 % a value.
      expect(Math.abs(exact - rough) / exact).toBeLessThan(0.02)
    }
    whole.dispose()
    half.dispose()
  })
})
