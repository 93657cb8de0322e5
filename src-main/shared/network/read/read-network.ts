import { NetworkDocument } from '../document'
import { keptNetwork } from './kept'
import { readLayers, type LayerComplaint } from './layers'
import { readModelJson, type ReadLayer, type ReadModel } from './model-json'
import { withOutputs } from './outputs'
import { rejoined } from './pieces'
import { placed } from './placed'

/** Why a text gave no network; a key of the messages at `code.read.why`. */
export type WhyNot = Extract<ReadModel, { ok: false }>['why'] | 'cycle' | 'layers'

export type ReadNetwork =
  | {
      readonly ok: true
      readonly network: NetworkDocument
      /** What was not taken over, and does not change a trained network's answers: first weights, frozen layers. */
      readonly left: readonly LayerComplaint[]
    }
  | { readonly ok: false; readonly why: WhyNot; readonly complaints: readonly LayerComplaint[] }

/**
 * Makes a network of a model that Keras 2 or 3 (`model.to_json()`) or TensorFlow.js (`model.json`) describes. It is read
 * whole or not at all; every layer that cannot be read is named. One that Patchwork has exported, and that nobody has
 * changed since, comes back as it was drawn.
 */
export function readNetwork(text: string): ReadNetwork {
  const model = readModelJson(text)
  if (!model.ok) return { ok: false, why: model.why, complaints: [] }
  if (new Set(model.layers.map(({ key }) => key)).size < model.layers.length) return notAModel
  const order = inOrder(rejoined(model.layers))
  if (!order) return { ok: false, why: 'cycle', complaints: [] }
  const kept = keptNetwork(text)
  if (kept) return { ok: true, network: kept, left: [] }
  const { nodes, wires, ids, complaints, left } = readLayers(order)
  if (complaints.length > 0) return { ok: false, why: 'layers', complaints }
  const parsed = NetworkDocument.safeParse({ nodes: placed(nodes, wires), wires })
  if (!parsed.success) return notAModel
  const outputs = model.outputs.flatMap(({ key, ...output }) => {
    const id = ids.get(key)
    return id === undefined ? [] : [{ ...output, id }]
  })
  return { ok: true, network: withOutputs(parsed.data, outputs), left }
}

const notAModel: ReadNetwork = { ok: false, why: 'not-a-model', complaints: [] }

/** The layers so that each stands behind its sources; undefined where they go round in a circle. */
function inOrder(layers: readonly ReadLayer[]): readonly ReadLayer[] | undefined {
  const known = new Set(layers.map(({ key }) => key))
  const waiting = new Map(layers.map((layer) => [layer, new Set(layer.sources.filter((key) => known.has(key)))]))
  const behind = new Map<string, ReadLayer[]>(layers.map(({ key }) => [key, []]))
  for (const [layer, sources] of waiting) for (const source of sources) behind.get(source)?.push(layer)
  const ready = layers.filter((layer) => waiting.get(layer)?.size === 0)
  // A list is walked with what is added to it meanwhile.
  for (const layer of ready)
    for (const next of behind.get(layer.key) ?? []) {
      const sources = waiting.get(next)
      if (sources?.delete(layer.key) && sources.size === 0) ready.push(next)
    }
  return ready.length === layers.length ? ready : undefined
}
