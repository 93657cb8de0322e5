import { describe, expect, it } from 'vitest'
import { chain } from '@shared/network/chain'
import { noAugmentation } from '@shared/training/augmentation'
import { easyBatch, mixedBatch, preprocessing, settings } from '../testing/networks'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'

const network = chain(
  ['input', { shape: [8, 8, 1] }],
  ['conv2d', { filters: 4 }],
  ['flatten'],
  ['dense', { units: 3, activation: 'softmax' }],
)
const mixup = { ...noAugmentation, steps: [{ kind: 'mixup', probability: 1, values: { alpha: 0.4 } }] }
const own = settings({ augmentation: mixup, optimizer: { kind: 'sgd', values: { learningRate: 0.1 } } })
const steppers = [
  ['eager', () => makeEagerStepper(network, own, preprocessing)],
  ['compiled', () => makeCompiledStepper(network, own, preprocessing, 'float32')],
] as const

// That the weights move as Keras moves them with mixed one-hot labels is told by several-ends.oracle.test.ts.
describe.each(steppers)('mixed samples, %s', (_path, make) => {
  it('have the cross-entropy against both classes by their shares, and hits by share', () => {
    const stepper = make()
    for (let n = 0; n < 3; n++) stepper.step(mixedBatch(32, n))
    const batch = mixedBatch(32, 9)
    const probabilities = stepper.predict(batch)
    const result = stepper.step(batch)
    stepper.dispose()
    let [loss, hits] = [0, 0]
    for (const [n, label] of batch.labels.entries()) {
      const row = [...probabilities.subarray(n * 3, n * 3 + 3)]
      const [other, share] = [batch.mixed!.labels[n]!, batch.mixed!.shares[n]!]
      loss -= (share * Math.log(row[label]!) + (1 - share) * Math.log(row[other]!)) / 32
      const best = row.indexOf(Math.max(...row))
      hits += (best === label ? share : 0) + (best === other ? 1 - share : 0)
    }
    expect(result.loss).toBeCloseTo(loss, 4)
    expect(result.hits).toBeCloseTo(hits, 4)
  })

  it('that keep all of themselves are as if nothing was mixed', () => {
    const [plain, mixed] = [make(), make()]
    for (let n = 0; n < 3; n++) {
      const batch = easyBatch(16, n)
      const shares = new Float32Array(16).fill(1)
      const labels = batch.labels.map((label) => (label + 1) % 3)
      expect(mixed.step({ ...batch, mixed: { labels, shares } }).loss).toBeCloseTo(plain.step(batch).loss, 5)
    }
    for (const [n, { values }] of plain.readWeights().entries()) {
      const found = mixed.readWeights()[n]!.values
      expect(Math.max(...values.map((value, at) => Math.abs(value - found[at]!)))).toBeLessThan(1e-6)
    }
    plain.dispose()
    mixed.dispose()
  })
})
