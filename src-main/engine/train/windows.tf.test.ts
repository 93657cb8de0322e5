import { describe, expect, it } from 'vitest'
import { chain, type ChainStep } from '@shared/network/chain'
import { check } from '@shared/network/check'
import type { NetworkDocument } from '@shared/network/document'
import { walk } from '@shared/network/walk'
import { tf } from '../tf'
import { easyBatch, settings } from '../testing/networks'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'

interface Case {
  readonly shape: readonly number[]
  readonly layers: readonly ChainStep[]
}

/** Windows over one, two and three axes, with edges that do not come out even, and groups of one channel and of several. */
const cases: Record<string, Case> = {
  'a sequence': {
    shape: [41, 2],
    layers: [
      ['conv1d', { filters: 6, kernel: [5], strides: [2], padding: 'same', activation: 'tanh' }],
      ['max-pooling-1d', { window: [3], strides: [2], padding: 'valid' }],
      ['conv1d', { filters: 9, kernel: [3], groups: 3, activation: 'elu' }],
      ['average-pooling-1d', { window: [3], strides: [2], padding: 'same' }],
      ['global-average-pooling-1d'],
    ],
  },
  'a sequence, the largest of all': {
    shape: [30, 1],
    layers: [
      ['average-pooling-1d', { window: [2], strides: [2] }],
      ['conv1d', { filters: 5, kernel: [4], activation: 'softplus' }],
      ['max-pooling-1d', { window: [2], strides: [1], padding: 'same' }],
      ['global-max-pooling-1d'],
    ],
  },
  'a picture in groups': {
    shape: [11, 9, 4],
    layers: [
      ['conv2d', { filters: 8, kernel: [3, 3], padding: 'same', groups: 2, activation: 'tanh' }],
      ['average-pooling-2d', { window: [3, 2], strides: [2, 2], padding: 'same' }],
      ['conv2d', { filters: 8, kernel: [3, 2], groups: 8, bias: false, activation: 'selu' }],
      ['conv2d', { filters: 6, kernel: [2, 2], strides: [2, 1], groups: 2, padding: 'same', activation: 'tanh' }],
      ['global-average-pooling-2d'],
    ],
  },
  'a picture, the largest of all': {
    shape: [9, 8, 3],
    layers: [
      ['conv2d', { filters: 6, groups: 3, activation: 'elu' }],
      ['average-pooling-2d', { window: [2, 2], strides: [1, 2] }],
      ['global-max-pooling-2d'],
    ],
  },
  'a volume': {
    shape: [7, 8, 6, 2],
    layers: [
      ['conv3d', { filters: 4, kernel: [3, 3, 2], strides: [1, 2, 1], padding: 'same', activation: 'tanh' }],
      ['max-pooling-3d', { window: [2, 2, 2], strides: [2, 1, 2], padding: 'same' }],
      ['conv3d', { filters: 6, kernel: [2, 2, 2], groups: 2, activation: 'elu' }],
      ['average-pooling-3d', { window: [2, 2, 2], strides: [2, 2, 1], padding: 'same' }],
      ['global-average-pooling-3d'],
    ],
  },
  'a volume, the largest of all': {
    shape: [6, 6, 6, 1],
    layers: [
      ['average-pooling-3d', { window: [1, 2, 2], strides: [1, 1, 2] }],
      ['conv3d', { filters: 3, kernel: [3, 2, 1], activation: 'softplus' }],
      ['max-pooling-3d', { window: [2, 2, 1], strides: [1, 1, 1] }],
      ['global-max-pooling-3d'],
    ],
  },
}

const inputKinds = ['sequence-input', 'input', 'volume-input']

function prepare({ shape, layers }: Case) {
  const input: ChainStep = [inputKinds[shape.length - 2]!, { shape: [...shape] }]
  const network: NetworkDocument = chain(input, ...layers, ['dense', { units: 3, activation: 'softmax' }])
  expect(check(network, walk(network), { shape, classes: 3 })).toEqual([])
  const own = settings({ seed: 5, optimizer: { kind: 'momentum', values: { learningRate: 0.02 } } })
  return { network, own, preprocessing: { shape: [...shape], divisor: 255 } }
}

function relative(one: Float32Array, other: Float32Array): number {
  let [difference, size] = [0, 0]
  for (const [n, value] of other.entries()) {
    difference = Math.max(difference, Math.abs((one[n] ?? Number.NaN) - value))
    size = Math.max(size, Math.abs(value))
  }
  return difference / size
}

describe.each(Object.entries(cases))('%s', (_name, one) => {
  it('takes the same 20 steps eagerly and compiled, and leaves nothing behind', () => {
    const before = tf.memory().numTensors
    const { network, own, preprocessing } = prepare(one)
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
    const { network, own, preprocessing } = prepare(one)
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
