import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inKeras } from '@shared/layers/keras-layer'
import { layerKind, layerKinds } from '@shared/layers/registry'
import { initializers } from '@shared/layers/weighting'
import { tf } from '../../tf'
import { applyLayer } from '../build'
import { askOracle, oracleMissing } from '../../testing/oracle'

interface Drawn {
  readonly values: Float32Array
  readonly shape: readonly number[]
}

/** The first kernels of a layer, and what the layer adds to the loss. */
function made(name: string, values: Record<string, string | number | boolean | number[]>, input: number[], seed = 3) {
  const kind = layerKind(name)!
  const tfjs = kind.tfjs(kind.complete(values))!
  const options = { position: 1, weights: { seed }, plain: false }
  const { layer } = applyLayer('it', tfjs, [tf.input({ shape: input })], options)
  const weights = layer.weights.map((weight): Drawn & { name: string } => ({
    name: weight.originalName.slice('it/'.length),
    values: Float32Array.from(weight.read().dataSync()),
    shape: weight.shape.map((size) => size ?? 0),
  }))
  const penalty = tf.tidy(() => layer.calculateLosses().reduce((sum, one) => sum + one.dataSync()[0]!, 0))
  for (const weight of layer.weights) weight.dispose()
  return { kernels: weights.filter(({ name: one }) => one !== 'bias'), penalty, tfjs }
}

const big = [
  ['conv2d', { filters: 40, kernel: [5, 5] }, [9, 9, 30]],
  ['conv2d', { filters: 40, kernel: [5, 5], groups: 2 }, [9, 9, 30]],
  ['dense', { units: 150 }, [200]],
  ['separable-conv2d', { filters: 200, kernel: [9, 9] }, [12, 12, 150]],
  ['transposed-conv2d', { filters: 40, kernel: [5, 5] }, [9, 9, 30]],
] as const

function copyOf(values: Readonly<Record<string, number | readonly number[]>>): Record<string, number | number[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : [...value]]),
  )
}

const Answer = z.object({ variance: z.number(), largest: z.number() })
const questions: { name: string; shape: readonly number[] }[] = []
const drawn = initializers.flatMap((initializer) =>
  big.flatMap(([kind, values, input]) => {
    const { kernels, tfjs } = made(kind, { ...copyOf(values), initializer }, [...input])
    const named = Object.entries(inKeras(tfjs).config).find(([key]) => key.endsWith('_initializer'))?.[1]
    return kernels.map((kernel) => {
      const place = questions.push({ name: String(named ?? 'glorot_uniform'), shape: kernel.shape }) - 1
      return { title: `${initializer} for the ${kernel.name} of ${kind}`, kernel, place }
    })
  }),
)
let answers: z.output<typeof Answer>[] = []
beforeAll(async () => {
  if (!oracleMissing) answers = await askOracle('keras_initializers.py', questions, Answer.array())
})

describe.skipIf(oracleMissing)('first weights', () => {
  it.each(drawn)('are drawn from the same distribution as in Keras: $title', ({ kernel: { values }, place }) => {
    const { variance, largest } = answers[place]!
    const own = values.reduce((sum, value) => sum + value * value, 0) / values.length
    const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    // Both are drawn at random, 12,000 values or more: the variances' standard deviation is at most 1.8 % together.
    expect(Math.abs(own - variance)).toBeLessThanOrEqual(0.09 * variance)
    // Distributions that end somewhere end at the same place; 12,000 values of a whole normal one reach beyond 3 deviations.
    const deviations = largest / Math.sqrt(variance)
    if (deviations > 3) expect(size / Math.sqrt(own)).toBeGreaterThan(3)
    else expect(Math.abs(size - largest)).toBeLessThanOrEqual(0.01 * largest)
  })
})

describe('a penalty', () => {
  const weighted = [...layerKinds.values()].filter(({ params }) => 'regularizer' in params)

  it.each(weighted.map((kind) => [kind.kind, kind] as const))(
    'of %s is its factor times the sizes or the squares of all kernels, as its settings for Keras say',
    (name, kind) => {
      const { values, inputs } = kind.examples.find(({ out }) => typeof out !== 'string')!
      for (const [regularizer, of] of [
        ['l1', Math.abs],
        ['l2', (value: number) => value * value],
      ] as const) {
        const { kernels, penalty, tfjs } = made(name, { ...values, regularizer, penalty: 0.25 }, [...inputs[0]!])
        const sum = kernels.reduce((all, kernel) => all + kernel.values.reduce((one, value) => one + of(value), 0), 0)
        expect(penalty / (0.25 * sum)).toBeCloseTo(1, 4)
        const settings = Object.entries(inKeras(tfjs).config).filter(([key]) => key.endsWith('_regularizer'))
        expect(settings).toHaveLength(kernels.length)
        const config = { l1: regularizer === 'l1' ? 0.25 : 0, l2: regularizer === 'l2' ? 0.25 : 0 }
        for (const [, one] of settings) expect(one).toEqual({ class_name: 'L1L2', config })
      }
      expect(made(name, { ...values, regularizer: 'none' }, [...inputs[0]!]).penalty).toBe(0)
    },
  )
})
