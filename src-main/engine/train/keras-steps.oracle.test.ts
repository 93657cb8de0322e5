import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { kindsWithoutLowering } from '@shared/network/compiled'
import type { NetworkDocument } from '@shared/network/document'
import { walk, wiresInto } from '@shared/network/walk'
import { kerasLayer } from '@shared/layers/keras-layer'
import { arrangedNetworks } from '../testing/arranged'
import { normalizedNetworks } from '../testing/branched'
import { easyBatch, settings } from '../testing/networks'
import { recurrentNetworks } from '../testing/recurrent'
import { askOracle, oracleMissing } from '../testing/oracle'
import { windowNetworks } from '../testing/windows'
import { makeCompiledStepper } from './compiled-stepper'
import { makeEagerStepper } from './eager-stepper'

const [rate, momentum, divisor, steps] = [0.02, 0.9, 255, 10]
const Answer = z.object({ losses: z.number().array(), weights: z.number().array().array() })
type Answer = z.output<typeof Answer>

function nodesInKeras(network: NetworkDocument) {
  const into = wiresInto(network)
  return [...walk(network).values()].map(({ node, kind, inputs }) => {
    const layer = kind && kerasLayer(kind, node.values, inputs)
    if (!layer) throw new Error(`Keras has no ${node.kind}`)
    const sources = (into.get(node.id) ?? []).map(({ from }) => from)
    return { id: node.id, class_name: layer.className, config: layer.config, sources }
  })
}

/** All but those with a layer that Keras does not have. */
const all = { ...windowNetworks, ...normalizedNetworks, ...arrangedNetworks, ...recurrentNetworks }
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
    const losses = batches.map((batch) => stepper.step(batch).loss)
    own.push({ losses, weights: stepper.readWeights().map(({ values }) => [...values]) })
    stepper.dispose()
    const fed = batches.map(({ values, labels }) => ({ values: [...values], labels: [...labels] }))
    return { nodes: nodesInKeras(network), weights, shape, divisor, rate, momentum, batches: fed }
  })
  if (!oracleMissing) keras = await askOracle('keras_steps.py', questions, Answer.array())
})

describe.skipIf(oracleMissing).each(networks.map(([name], n) => [name, n] as const))('%s', (_name, n) => {
  it('has, step by step, the loss that it has in Keras, and ends with its weights', () => {
    const [found, expected] = [own[n]!, keras[n]!]
    for (const [step, loss] of expected.losses.entries())
      expect(Math.abs(found.losses[step]! - loss) / loss, `step ${step}`).toBeLessThan(2e-5)
    for (const [at, values] of expected.weights.entries()) {
      const size = Math.max(...values.map(Math.abs))
      const difference = Math.max(...values.map((value, place) => Math.abs(value - found.weights[at]![place]!)))
      expect(difference / size, `weight ${at}`).toBeLessThan(1e-4)
    }
  })
})
