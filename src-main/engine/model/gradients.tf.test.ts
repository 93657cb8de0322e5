import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '@shared/network/check'
import type { NetworkDocument } from '@shared/network/document'
import { walk } from '@shared/network/walk'
import { installFastStep, softmaxLoss } from '../kernels'
import { tf } from '../tf'
import { chain, type ChainStep } from '@shared/network/chain'
import { easyBatch } from '../testing/networks'
import { tiedEagerNetworks, tiedNetworks } from '../testing/tied'
import { makeNetworkModel } from './network-model'

const activation = fc.constantFrom(
  ...['linear', 'relu', 'elu', 'selu', 'gelu', 'swish', 'mish', 'sigmoid', 'tanh', 'softplus'],
)
const padding = fc.constantFrom('valid', 'same')

/** Layers with windows over one, two or three axes, and one that may end them. */
function windowLayer(axes: number) {
  const sizes = (max: number) => fc.array(fc.integer({ min: 1, max }), { minLength: axes, maxLength: axes })
  const convolution = fc
    .record({
      filters: fc.constantFrom(2, 4),
      kernel: sizes(3),
      // Strides and dilation exclude each other.
      apart: fc.oneof(
        sizes(2).map((strides) => ({ strides })),
        sizes(3).map((dilation) => ({ dilation })),
      ),
      padding,
      groups: fc.constantFrom(1, 1, 2),
      activation,
      bias: fc.boolean(),
    })
    .map(({ apart, ...values }): ChainStep => [`conv${axes}d`, { ...values, ...apart }])
  const pooling = fc
    .record({ window: sizes(3), strides: sizes(2), padding })
    .chain((values) => fc.constantFrom('max', 'average').map((of): ChainStep => [`${of}-pooling-${axes}d`, values]))
  const alone = fc.record({ function: activation }).map((values): ChainStep => ['activation', values])
  // A large epsilon, since channels that hardly differ would be spread until nothing can be measured.
  const normalization = fc
    .record({ epsilon: fc.constant(0.1), center: fc.boolean(), scale: fc.boolean() })
    .map((values): ChainStep => ['batch-normalization', values])
  const response = fc
    .record({ radius: fc.integer({ min: 0, max: 2 }), k: fc.constant(1), alpha: fc.constantFrom(0.1, 0.5) })
    .map((values): ChainStep => ['local-response-normalization', values])
  const untied = fc
    .record({ filters: fc.constantFrom(1, 2), kernel: sizes(3), strides: sizes(2), padding, activation })
    .map((values): ChainStep => [`locally-connected-${axes}d`, values])
  const others = axes === 2 ? [untied, pictureLayer()] : axes === 1 ? [untied] : []
  return fc.oneof(convolution, pooling, alone, normalization, response, ...others)
}

/** Convolutions that there are for pictures only: channels apart, then mixed, and the other way round. */
function pictureLayer() {
  const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }))
  const steps = fc.integer({ min: 1, max: 2 }).map((stride) => ({ strides: [stride, stride] }))
  const apart = fc.oneof(
    steps,
    pair(3).map((dilation) => ({ dilation: [...dilation] })),
  )
  return fc
    .record({
      kind: fc.constantFrom('depthwise-conv2d', 'separable-conv2d', 'transposed-conv2d'),
      settings: fc.record({
        filters: fc.constantFrom(2, 4),
        multiplier: fc.constantFrom(1, 2),
        kernel: pair(3).map((kernel) => [...kernel]),
        padding,
        activation,
      }),
      apart,
    })
    .map(({ kind, settings: { filters, multiplier, ...rest }, apart }): ChainStep => {
      const channels = kind === 'depthwise-conv2d' ? { multiplier } : { filters }
      return [kind, { ...rest, ...channels, strides: [1, 1], ...apart }]
    })
}

const windowEnd = (axes: number) =>
  fc.constantFrom<ChainStep>(['flatten'], [`global-average-pooling-${axes}d`], [`global-max-pooling-${axes}d`])

const rowLayer = fc.oneof(
  fc
    .record({ units: fc.integer({ min: 1, max: 8 }), activation, bias: fc.boolean() })
    .map((values): ChainStep => ['dense', values]),
  fc.record({ rate: fc.constantFrom(0, 0.25, 0.5) }).map((values): ChainStep => ['dropout', values]),
)
const inputs: readonly { kind: string; shape: number[] }[] = [
  { kind: 'sequence-input', shape: [12, 2] },
  { kind: 'input', shape: [6, 6, 2] },
  { kind: 'volume-input', shape: [4, 5, 4, 2] },
]
const networks = fc
  .constantFrom(...inputs)
  .chain(({ kind, shape }) => {
    const axes = shape.length - 1
    const layers = fc.tuple(fc.array(windowLayer(axes), { maxLength: 3 }), windowEnd(axes))
    return fc.tuple(layers, fc.array(rowLayer, { maxLength: 2 })).map(([[windows, end], rows]) => ({
      network: chain([kind, { shape }], ...windows, end, ...rows, ['dense', { units: 3, activation: 'softmax' }]),
      shape,
    }))
  })
  .filter(({ network, shape }) => check(network, walk(network), { shape, classes: 3 }).length === 0)

/** The slope of the loss along a random direction: as the gradient says, and measured by a small step each way. */
function slopes(
  network: NetworkDocument,
  shape: number[],
  seed: number,
): { computed: number; measured: number; size: number } {
  const model = makeNetworkModel(network, { shape, divisor: 255 }, { seed })
  const { variables } = model
  const result = tf.tidy(() => {
    const batch = easyBatch(2, seed, shape)
    const inputs = model.inputTensor(batch)
    const labels = tf.tensor1d(batch.labels, 'int32')
    // Biases begin at zero, where behind a dead layer ReLU and its like have no slope.
    variables.forEach((variable, n) => {
      variable.assign(tf.add(variable, tf.randomNormal(variable.shape, 0, 0.1, 'float32', seed + 1000 + n)))
    })
    const loss = () => softmaxLoss(model.ends(inputs, { trainingStep: 3 })[0]!, labels)
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
  it.each(Object.entries({ ...tiedNetworks, ...tiedEagerNetworks }))(
    'where layers share weights are the sums over their uses: %s',
    (_name, { network, shape }) => {
      installFastStep()
      for (const seed of [1, 2, 3]) {
        const { computed, measured, size } = slopes(network, shape, seed)
        expect(Math.abs(computed - measured)).toBeLessThan(5e-3 + 0.03 * size)
      }
    },
  )

  it('of random small networks are the measured slopes', () => {
    installFastStep()
    const tensors = tf.memory().numTensors
    fc.assert(
      fc.property(networks, fc.integer({ min: 1, max: 1e6 }), ({ network, shape }, seed) => {
        const { computed, measured, size } = slopes(network, shape, seed)
        // Losses have seven digits, so a slope measured over a short way is known to 0.001 or worse.
        expect(Math.abs(computed - measured)).toBeLessThan(5e-3 + 0.03 * size)
      }),
      { numRuns: 120, seed: 1 },
    )
    expect(tf.memory().numTensors).toBe(tensors)
  })
})
