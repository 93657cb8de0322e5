import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { kindsWithoutLowering } from '@shared/network/compiled'
import { outputsOf } from '@shared/network/outputs'
import { walk } from '@shared/network/walk'
import { kerasLayer } from '@shared/layers/keras-layer'
import { arrangedNetworks } from '../testing/arranged'
import { normalizedNetworks } from '../testing/branched'
import { nodesInKeras } from '../testing/keras-nodes'
import { easyBatch, settings } from '../testing/networks'
import { recurrentNetworks } from '../testing/recurrent'
import { askOracle, oracleMissing } from '../testing/oracle'
import { tiedEagerNetworks, tiedNetworks } from '../testing/tied'
import { windowNetworks } from '../testing/windows'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'

const [rate, momentum, divisor, steps] = [0.02, 0.9, 255, 10]
const Answer = z.object({
  losses: z.number().array(),
  own: z.number().array().array(),
  weights: z.number().array().array(),
})
type Answer = z.output<typeof Answer>

/** All but those with a layer that Keras does not have. */
const all = {
  ...windowNetworks,
  ...normalizedNetworks,
  ...arrangedNetworks,
  ...recurrentNetworks,
  ...tiedNetworks,
  ...tiedEagerNetworks,
}
const networks = Object.entries(all).filter(([, { network }]) =>
  [...walk(network).values()].every(({ node, kind }) => kind && kerasLayer(kind, node.values)),
)
const own: Answer[] = []
let keras: Answer[] = []
beforeAll(async () => {
  const questions = networks.map(([, { network, shape }]) => {
    const optimizer = { kind: 'momentum', values: { learningRate: rate, momentum } }
    const training = settings({ seed: 7, optimizer })
    const compiled = kindsWithoutLowering(network).length === 0
    const stepper = compiled
      ? makeCompiledStepper(network, training, { shape, divisor }, 'float32')
      : makeEagerStepper(network, training, { shape, divisor })
    const weights = stepper.readWeights().map(({ values, ...place }) => ({ ...place, values: [...values] }))
    const batches = Array.from({ length: steps }, (_, n) => easyBatch(12, n, shape))
    const results = batches.map((batch) => stepper.step(batch))
    const losses = results.map(({ loss }) => loss)
    own.push({
      losses,
      own: results.map((result) => [...result.losses]),
      weights: stepper.readWeights().map(({ values }) => [...values]),
    })
    stepper.dispose()
    const fed = batches.map(({ values, labels }) => ({ values: [...values], labels: [...labels] }))
    const outputs = outputsOf(network)
    return { nodes: nodesInKeras(network), outputs, weights, shape, divisor, rate, momentum, batches: fed }
  })
  if (!oracleMissing) keras = await askOracle('keras_steps.py', questions, Answer.array())
})

describe.skipIf(oracleMissing).each(networks.map(([name], n) => [name, n] as const))('%s', (_name, n) => {
  it('has, step by step, the loss that it has in Keras, and ends with its weights', () => {
    const [found, expected] = [own[n]!, keras[n]!]
    for (const [step, loss] of expected.losses.entries())
      expect(Math.abs(found.losses[step]! - loss) / loss, `step ${step}`).toBeLessThan(2e-5)
    expect(found.own).toEqual(expected.own.map((losses) => losses.map((loss) => expect.closeTo(loss, 4))))
    for (const [at, values] of expected.weights.entries()) {
      const size = Math.max(...values.map(Math.abs))
      const difference = Math.max(...values.map((value, place) => Math.abs(value - found.weights[at]![place]!)))
      expect(difference / size, `weight ${at}`).toBeLessThan(1e-4)
    }
  })
})
