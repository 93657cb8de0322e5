import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { chain } from '@shared/network/chain'
import type { LayerKind } from '@shared/layers/define'
import { layerKinds } from '@shared/layers/registry'
import type { Shape } from '@shared/layers/shape'
import type { NetworkDocument, Values } from '@shared/network/document'
import { templateNames, templateNetwork } from '@shared/network/templates'
import { walk, wiresInto } from '@shared/network/walk'
import { askOracle, oracleMissing } from '../testing/oracle'
import { kerasLayer } from '@shared/layers/keras-layer'

interface KerasNode {
  readonly id: string
  readonly class_name: string
  readonly config: Readonly<Record<string, unknown>>
  readonly sources: readonly string[]
}

const Answer = z.union([
  z.object({ layers: z.record(z.string(), z.object({ shape: z.int().array(), trainable: z.int(), frozen: z.int() })) }),
  z.object({ refused: z.string() }),
])
type Answer = z.output<typeof Answer>

/** What Keras answered, network by network, in the order in which they were asked. */
let answers: Answer[] = []
const questions: (readonly KerasNode[])[] = []

/** Notes a network for Keras; the place of its answer. */
function ask(nodes: readonly KerasNode[]): number {
  return questions.push(nodes) - 1
}

function nodeOf(
  { kind, values, inputs }: { kind: LayerKind; values: Values; inputs: readonly Shape[] },
  id: string,
  sources: string[],
) {
  const layer = kerasLayer(kind, values, inputs)
  return layer ? [{ id, class_name: layer.className, config: layer.config, sources }] : []
}

function networkInKeras(network: NetworkDocument): KerasNode[] {
  const into = wiresInto(network)
  return [...walk(network).values()].flatMap(({ node, kind, inputs }) =>
    kind
      ? nodeOf(
          { kind, values: node.values, inputs },
          node.id,
          (into.get(node.id) ?? []).map(({ from }) => from),
        )
      : [],
  )
}

const examples = [...layerKinds.values()]
  // Those that are several layers in Keras are compared as code.
  .filter((kind) => !kind.tfjs(kind.complete({}))?.ownClass && !kind.tfjs(kind.complete({}))?.before)
  .flatMap((kind) =>
    kind.examples.map(({ values, inputs, out, weights }, n) => {
      const arriving = inputs.map((shape, at) => {
        return { id: `input-${at}`, class_name: 'InputLayer', config: { shape }, sources: [] }
      })
      const sources = arriving.map(({ id }) => id)
      const place = ask([...arriving, ...nodeOf({ kind, values, inputs }, 'it', sources)])
      return { title: `${kind.kind} ${n + 1}`, kind, values, inputs, out, weights, place }
    }),
  )

const networks = [
  ...templateNames.map((name) => ({ title: `the template ${name}`, network: templateNetwork(name) ?? chain() })),
  ...templateNames.map((name) => {
    const data = { shape: [32, 32, 3], classes: 7 }
    return { title: `the template ${name} for other data`, network: templateNetwork(name, data) ?? chain() }
  }),
]
  .filter(({ network }) => [...walk(network).values()].every(({ node, kind }) => kind && kerasLayer(kind, node.values)))
  .map(({ title, network }) => ({ title, network, place: ask(networkInKeras(network)) }))

beforeAll(async () => {
  if (!oracleMissing) answers = await askOracle('keras_networks.py', questions, Answer.array())
})

function layersOf(place: number) {
  const answer = answers[place]
  if (!answer || 'refused' in answer) throw new Error(`Keras refuses it: ${answer?.refused}`)
  return answer.layers
}

describe.skipIf(oracleMissing)('every example of every kind of layer', () => {
  it.each(examples.filter(({ out }) => typeof out !== 'string'))(
    '$title: Keras gives the same shape and as many weights',
    ({ kind, values, inputs, out, weights, place }) => {
      const found = layersOf(place)['it']
      expect(found).toEqual({ shape: out, ...kind.weights(values, inputs) })
      expect(found!.trainable + found!.frozen).toBe(weights)
    },
  )

  it.each(examples.filter(({ out }) => typeof out === 'string'))('$title: Keras refuses it too', ({ place }) => {
    const answer = answers[place]!
    const shape = 'layers' in answer ? answer.layers['it']!.shape : []
    expect('refused' in answer || shape.some((size) => size < 1)).toBe(true)
  })
})

describe.skipIf(oracleMissing)('every template', () => {
  it.each(networks)('$title: Keras gives the same shapes and as many weights, layer by layer', ({ network, place }) => {
    const found = layersOf(place)
    const steps = [...walk(network).values()]
    expect(Object.keys(found)).toEqual(steps.map(({ node }) => node.id))
    for (const { node, result, weights } of steps) {
      expect(found[node.id]).toEqual({ shape: result.ok && result.shape, ...weights })
    }
  })
})
