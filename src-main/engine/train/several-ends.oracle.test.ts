import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { noAugmentation } from '@shared/training/augmentation'
import { outputsOf } from '@shared/network/outputs'
import { nodesInKeras } from '../testing/keras-nodes'
import { easyBatch, mixedBatch, settings } from '../testing/networks'
import { askOracle, oracleMissing } from '../testing/oracle'
import { networksOfSeveralEnds } from '../testing/several-ends'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'

const [rate, momentum, divisor, steps] = [0.02, 0.9, 255, 20]
const Answer = z.object({
  losses: z.number().array(),
  own: z.number().array().array(),
  weights: z.number().array().array(),
})
type Answer = z.output<typeof Answer>

const training = settings({ seed: 7, optimizer: { kind: 'momentum', values: { learningRate: rate, momentum } } })
const mixup = { ...noAugmentation, steps: [{ kind: 'mixup', probability: 1, values: { alpha: 1 } }] }
const paths = ['eager', 'compiled'] as const
const cases = Object.entries(networksOfSeveralEnds).flatMap(([name, { network, shape }], n) =>
  paths.flatMap((path) => {
    const one = { name, path, network, shape, mixed: false }
    return n < 2 ? [one, { ...one, name: `${name}, samples mixed`, mixed: true }] : [one]
  }),
)
const own: Answer[] = []
let keras: Answer[] = []
beforeAll(async () => {
  const questions = cases.map(({ path, network, shape, mixed }) => {
    const chosen = mixed ? { ...training, augmentation: mixup } : training
    const stepper =
      path === 'eager'
        ? makeEagerStepper(network, chosen, { shape, divisor })
        : makeCompiledStepper(network, chosen, { shape, divisor }, 'float32')
    const weights = stepper.readWeights().map(({ values, ...place }) => ({ ...place, values: [...values] }))
    const batches = Array.from({ length: steps }, (_, n) => (mixed ? mixedBatch : easyBatch)(12, n, shape))
    const results = batches.map((batch) => stepper.step(batch))
    own.push({
      losses: results.map(({ loss }) => loss),
      own: results.map(({ losses }) => [...losses]),
      weights: stepper.readWeights().map(({ values }) => [...values]),
    })
    stepper.dispose()
    const fed = batches.map(({ values, labels, mixed: mix }) => ({
      values: [...values],
      labels: [...labels],
      ...(mix ? { others: [...mix.labels], shares: [...mix.shares] } : {}),
    }))
    const outputs = outputsOf(network)
    return { nodes: nodesInKeras(network), outputs, weights, shape, divisor, rate, momentum, batches: fed }
  })
  if (!oracleMissing) keras = await askOracle('keras_steps.py', questions, Answer.array())
})

describe.skipIf(oracleMissing).each(cases.map((one, at) => ({ ...one, at })))('$name, $path', ({ at }) => {
  it('has, step by step, the losses that it has in Keras, and ends with its weights', () => {
    const [found, expected] = [own[at]!, keras[at]!]
    for (const [step, loss] of expected.losses.entries())
      expect(Math.abs(found.losses[step]! - loss) / loss, `step ${step}`).toBeLessThan(2e-5)
    expect(found.own).toEqual(expected.own.map((losses) => losses.map((loss) => expect.closeTo(loss, 4))))
    for (const [n, values] of expected.weights.entries()) {
      // What no loss moves stays zero in both.
      const size = Math.max(...values.map(Math.abs)) || 1
      const difference = Math.max(...values.map((value, place) => Math.abs(value - found.weights[n]![place]!)))
      expect(difference / size, `weight ${n}`).toBeLessThan(1e-4)
    }
  })
})
