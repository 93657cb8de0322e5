import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '@shared/network/check'
import type { NetworkDocument } from '@shared/network/document'
import { walk } from '@shared/network/walk'
import { installFastStep, softmaxLoss } from '../kernels'
import { tf } from '../tf'
import { chain } from '@shared/network/chain'
import { easyBatch } from '../testing/networks'
import { makeNetworkModel } from './network-model'

const activation = fc.constantFrom('linear', 'relu', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus')
const window = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })).map((sizes) => [...sizes])
const strides = window.map(([height = 1]) => [Math.min(height, 2), 1])
const padding = fc.constantFrom('valid', 'same')
const pictureLayer = fc.oneof(
  fc
    .record({
      filters: fc.integer({ min: 1, max: 4 }),
      kernel: window,
      strides,
      padding,
      activation,
      bias: fc.boolean(),
    })
    .map((values): [string, typeof values] => ['conv2d', values]),
  fc.record({ window, strides, padding }).map((values): [string, typeof values] => ['max-pooling-2d', values]),
  fc.record({ function: activation }).map((values): [string, typeof values] => ['activation', values]),
)
const rowLayer = fc.oneof(
  fc
    .record({ units: fc.integer({ min: 1, max: 8 }), activation, bias: fc.boolean() })
    .map((values): [string, typeof values] => ['dense', values]),
  fc.record({ rate: fc.constantFrom(0, 0.25, 0.5) }).map((values): [string, typeof values] => ['dropout', values]),
)
const networks = fc
  .tuple(fc.array(pictureLayer, { maxLength: 3 }), fc.array(rowLayer, { maxLength: 2 }))
  .map(([pictures, rows]) =>
    chain(['input', { shape: [6, 6, 2] }], ...pictures, ['flatten'], ...rows, [
      'dense',
      { units: 3, activation: 'softmax' },
    ]),
  )
  .filter((network) => check(network, walk(network), { shape: [6, 6, 2], classes: 3 }).length === 0)

/** The slope of the loss along a random direction: as the gradient says, and measured by a small step each way. */
function slopes(network: NetworkDocument, seed: number): { computed: number; measured: number; size: number } {
  const model = makeNetworkModel(network, { shape: [6, 6, 2], divisor: 255 }, { seed })
  const { variables } = model
  const result = tf.tidy(() => {
    const batch = easyBatch(2, seed, [6, 6, 2])
    const inputs = model.inputTensor(batch)
    const labels = tf.tensor1d(batch.labels, 'int32')
    // Biases begin at zero, where behind a dead layer ReLU and its like have no slope.
    variables.forEach((variable, n) => {
      variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.1, 'float32', seed + 1000 + n)))
    })
    const loss = () => softmaxLoss(model.logits(inputs, { trainingStep: 3 }), labels)
    const { grads } = tf.variableGrads(loss, [...variables])
    const direction = variables.map((variable, n) => tf.randomNormal(variable.shape, 0, 1, 'float32', seed + n))
    const dot = variables.map((variable, n) => tf.sum(tf.mul(grads[variable.name]!, direction[n]!)).dataSync()[0]!)
    const squares = variables.map((variable) => tf.sum(tf.square(grads[variable.name]!)).dataSync()[0]!)
    const start = variables.map((variable) => variable.clone())
    const at = (distance: number) => {
      variables.forEach((variable, n) => variable.assign(tf.add(start[n]!, tf.mul(direction[n]!, distance))))
      return loss().dataSync()[0]!
    }
    // Shorter distances as well, so that a kink of ReLU or of a maximum on the way can be told from a wrong slope.
    const measured = [1e-3, 3e-4, 1e-4, 3e-5].map((distance) => (at(distance) - at(-distance)) / (2 * distance))
    return { dot, squares, measured }
  })
  model.dispose()
  const computed = result.dot.reduce((sum, value) => sum + value, 0)
  const errors = result.measured.map((value) => Math.abs(value - computed))
  const best = errors.indexOf(Math.min(...errors))
  const size = Math.sqrt(result.squares.reduce((sum, value) => sum + value, 0))
  return { computed, measured: result.measured[best]!, size }
}

describe('gradients', () => {
  it('of random small networks are the measured slopes', () => {
    installFastStep()
    const tensors = tf.memory().numTensors
    fc.assert(
      fc.property(networks, fc.integer({ min: 1, max: 1e6 }), (network, seed) => {
        const { computed, measured, size } = slopes(network, seed)
        // Losses have seven digits, so a slope measured over a short way is known to 0.001 or worse.
        expect(Math.abs(computed - measured)).toBeLessThan(5e-3 + 0.03 * size)
      }),
      { numRuns: 60, seed: 1 },
    )
    expect(tf.memory().numTensors).toBe(tensors)
  })
})
