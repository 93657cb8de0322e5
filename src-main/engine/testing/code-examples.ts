import { createHash } from 'node:crypto'
import { layerKinds } from '@shared/layers/registry'
import type { LayerExample, LayerKind } from '@shared/layers/define'
import { sizeOf, type Shape } from '@shared/layers/shape'
import { emptyNetwork, type NetworkDocument } from '@shared/network/document'
import { layerName } from '@shared/network/code/names'
import { addNode, connect, newNode } from '@shared/network/edit'
import { networkEnds } from '@shared/network/outputs'
import { templateNames, templateNetwork } from '@shared/network/templates'
import { tiedGroup } from '@shared/network/tied'
import { totals, walk, wiresInto } from '@shared/network/walk'
import { networksOfPieces } from './several-pieces'
import { tiedEagerNetworks, tiedNetworks, tiedNoisyNetworks } from './tied'

/** A network to be written as code, with what has to come out of it. */
export interface CodeExample {
  readonly title: string
  readonly network: NetworkDocument
  readonly shape: Shape
  /** What comes out of outputs besides the main one. */
  readonly others?: readonly Shape[]
  readonly weights: number
  /** How many values come in. */
  readonly inputs: number
}

/** Every example of every kind that fits, behind inputs of its own, layers that are tied, and every template. */
export function codeExamples(): CodeExample[] {
  const kinds = [...layerKinds.values()].flatMap((kind) =>
    kind.examples.flatMap((example, n) => {
      const { out, weights, inputs } = example
      if (typeof out === 'string' || kind.inputs.max === 0) return []
      return [
        {
          title: `${kind.kind} ${n + 1}`,
          network: exampleNetwork(kind, example),
          shape: out,
          weights,
          inputs: total(inputs),
        },
      ]
    }),
  )
  const templates = templateNames.flatMap((name) => {
    const network = templateNetwork(name)
    if (!network) return []
    const facts = walk(network)
    const { trainable, frozen } = totals(facts)
    const [shape = [], ...others] = networkEnds(network, facts).outputs.flatMap(({ id }) => {
      const result = facts.get(id)?.result
      return result?.ok ? [result.shape] : []
    })
    const shapes = [...facts.values()].flatMap(({ kind, result }) =>
      kind?.inputs.max === 0 && result.ok ? [result.shape] : [],
    )
    const weights = trainable + frozen
    return [{ title: `the template ${name}`, network, shape, others, weights, inputs: total(shapes) }]
  })
  return [...kinds, ...tiedExamples(), ...templates]
}

function tiedExamples(): CodeExample[] {
  const all = { ...tiedNetworks, ...tiedEagerNetworks, ...tiedNoisyNetworks, ...networksOfPieces }
  return Object.entries(all).map(([title, { network, shape }]) => {
    const { trainable, frozen } = totals(walk(network))
    return { title, network, shape: [3], weights: trainable + frozen, inputs: sizeOf(shape) }
  })
}

/** The values that may come into a network: between −1 and 1, or those that its embeddings have rows for. */
export function inputRange(network: NetworkDocument): [least: number, most: number] {
  const embedding = network.nodes.find(({ kind }) => kind === 'embedding')
  if (!embedding) return [-1, 1]
  const { numbers, scale } = embedding.values
  return [0, (Number(numbers) - 1) / Number(scale)]
}

/** Whether a network is small enough to be tried out beside others. */
export function isSmall({ title, shape, weights, inputs }: CodeExample): boolean {
  return !title.startsWith('the template') && weights < 20_000 && sizeOf(shape) + inputs < 50_000
}

function total(shapes: readonly Shape[]): number {
  return shapes.reduce((sum, shape) => sum + sizeOf(shape), 0)
}

function exampleNetwork({ kind }: LayerKind, { values, inputs }: LayerExample): NetworkDocument {
  const sources: string[] = []
  let network = emptyNetwork
  const add = (name: string, own: LayerExample['values'], from: readonly string[]) => {
    const node = newNode(network, name, { x: 0, y: 0 }, own)
    network = addNode(network, node)
    for (const [input, source] of from.entries()) network = connect(network, source, node.id, input)
    return node.id
  }
  for (const shape of inputs) {
    const source = [...layerKinds.values()].find((one) => one.inputs.max === 0 && one.fit?.({}, shape))
    // A row of values comes out of a sequence that is laid out.
    if (source) sources.push(add(source.kind, { ...source.fit?.({}, shape) }, []))
    else sources.push(add('flatten', {}, [add('sequence-input', { shape: [1, ...shape] }, [])]))
  }
  add(kind, values, sources)
  return network
}

/**
 * What a network says but for places, ids and the order of its branches: kinds, values and names (as frameworks take
 * them), who feeds whom, and who uses the same weights.
 */
export function essence(network: NetworkDocument): unknown {
  const facts = walk(network)
  const into = wiresInto(network)
  /** Each layer with all that leads to it, in a short word. */
  const marks = new Map<string, string>()
  const markOf = (id: string) => marks.get(id) ?? ''
  const layers = [...facts.values()].map(({ node, kind }) => {
    const layer = {
      kind: node.kind,
      name: layerName(node) ?? '',
      values: kind?.complete(node.values),
      sources: (into.get(node.id) ?? []).map(({ from }) => markOf(from)),
    }
    marks.set(node.id, createHash('sha1').update(JSON.stringify(layer)).digest('hex'))
    return { ...layer, id: node.id }
  })
  return layers
    .map(({ id, ...layer }) => ({
      ...layer,
      mark: markOf(id),
      tied: tiedGroup(network, id).map(markOf).sort(),
    }))
    .sort((one, other) => (one.mark < other.mark ? -1 : 1))
}
