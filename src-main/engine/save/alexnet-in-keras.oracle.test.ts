import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { templates, templateNetwork } from '@shared/network/templates'
import { walk, wiresInto } from '@shared/network/walk'
import { askOracle, oracleMissing } from '../testing/oracle'

const Answer = z.object({
  layers: z.record(z.string(), z.object({ shape: z.int().array(), trainable: z.int(), frozen: z.int() })),
})

/** The templates with AlexNet's normalization, which Keras does not have: the oracle's script makes up for it. */
const normalized = templates.filter(({ steps }) => steps.some(([kind]) => kind === 'local-response-normalization'))

function factsOf(name: string) {
  const network = templateNetwork(name)!
  return { steps: [...walk(network).values()], into: wiresInto(network) }
}

function inKeras(name: string) {
  const { steps, into } = factsOf(name)
  return steps.map(({ node, kind, inputs, result }) => {
    const layer = kind!.tfjs(node.values)
    const config = layer ? snakeCased(layer.config) : { shape: result.ok && result.shape }
    const sources = into.get(node.id)!.slice(0, inputs.length)
    return {
      id: node.id,
      class_name: layer?.className ?? 'InputLayer',
      config,
      sources: sources.map(({ from }) => from),
    }
  })
}

function snakeCased(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const name = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [name(key), value]))
}

describe.skipIf(oracleMissing)('AlexNet in its forms', () => {
  it('gives the same shapes and has as many weights in Keras, layer by layer', async () => {
    const names = normalized.map(({ name }) => name)
    expect(names).toEqual(['alexnet', 'alexnet-towers', 'alexnet-one-tower', 'alexnet-seven', 'alexnet-mini'])
    const answers = await askOracle('keras_networks.py', names.map(inKeras), Answer.array())
    for (const [n, name] of names.entries()) {
      const { steps } = factsOf(name)
      const ours = steps.map(({ node, result, weights }) => [node.id, { shape: result.ok && result.shape, ...weights }])
      expect(answers[n]!.layers, name).toEqual(Object.fromEntries(ours))
    }
  })
})
