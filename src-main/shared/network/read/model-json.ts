import { z } from 'zod'
import { readOutputs, type ReadOutput } from './outputs'

/** One use of a layer of a model's description, whichever framework wrote it. */
export interface ReadLayer {
  /** What other layers know it by; no text that a person sees. */
  readonly key: string
  readonly name: string
  readonly className: string
  /** The settings by Keras's names, as they stand in the text. */
  readonly config: Readonly<Record<string, unknown>>
  /** The keys of the layers that feed it, by input. */
  readonly sources: readonly string[]
  /** The key of the layer's first use, where it is used several times with the same weights. */
  readonly shared?: string
}

/** What a text is: a model's layers, or why it is none; the reasons are keys of the messages at `code.read.text`. */
export type ReadModel =
  | { readonly ok: true; readonly layers: readonly ReadLayer[]; readonly outputs: readonly ReadOutput[] }
  | { readonly ok: false; readonly why: 'too-long' | 'not-json' | 'not-a-model' | 'too-many-layers' }

/** More text than this describes no network that could be drawn. */
export const longestText = 32 * 2 ** 20
export const mostLayers = 10_000

const Config = z.record(z.string(), z.unknown())

const Layer = z.object({
  class_name: z.string().min(1).max(200),
  config: Config,
  name: z.string().max(400).optional(),
  inbound_nodes: z.array(z.unknown()).optional(),
})
type Layer = z.output<typeof Layer>

/** A model as Keras and tfjs write it: Sequential has a list of layers, early Keras without anything around it. */
const Model = z.object({
  class_name: z.string(),
  config: z.union([
    z.object({ layers: z.array(Layer), output_layers: z.unknown().optional() }),
    z.array(Layer).transform((layers) => ({ layers, output_layers: undefined })),
  ]),
  /** How it was trained, as Keras 3 tells it. */
  compile_config: z.unknown().optional(),
})

/** A model with how it was trained, as Keras 2 and what came from it tell it. */
const Trained = z
  .object({ model_config: Model, training_config: z.unknown().optional() })
  .transform(({ model_config, training_config }) => ({ ...model_config, compile_config: training_config }))

/** Around a model: tfjs's `model.json`, and models that a converter took from Keras. */
const Wrapped = z.union([
  z.object({ modelTopology: Trained }).transform((file) => file.modelTopology),
  z.object({ modelTopology: Model }).transform((file) => file.modelTopology),
  Trained,
  Model,
])

/** Whether a text may be meant as a model, so that it is worth a message if it is none that can be read. */
export function looksLikeModel(text: string): boolean {
  return /^\s*\{/.test(text) && /"(?:modelTopology|class_name|model_config)"/.test(text.slice(0, 100_000))
}

/** Reads `model.to_json()` of Keras 2 and 3, or tfjs's `model.json`. */
export function readModelJson(text: string): ReadModel {
  if (text.length > longestText) return { ok: false, why: 'too-long' }
  const content = parsed(text)
  // tfjs's toJSON gives a text, which a careless writer packs once more.
  const model = Wrapped.safeParse(typeof content === 'string' ? parsed(content) : content)
  if (content === undefined) return { ok: false, why: 'not-json' }
  if (!model.success) return { ok: false, why: 'not-a-model' }
  const { class_name, config, compile_config } = model.data
  if (config.layers.length === 0) return { ok: false, why: 'not-a-model' }
  if (config.layers.length >= mostLayers) return { ok: false, why: 'too-many-layers' }
  const layers = class_name === 'Sequential' ? inARow(config.layers) : connected(config.layers)
  if (layers.length >= mostLayers) return { ok: false, why: 'too-many-layers' }
  const outputs =
    class_name === 'Sequential' ? layers.slice(-1).map(({ key }) => key) : saidOutputs(config.output_layers)
  return { ok: true, ...withOutputs(layers, outputs, compile_config) }
}

/** Models nest a dozen levels deep; thousands would exhaust the stack of whoever walks through them. */
const deepest = 100

/** The content of a JSON text; undefined where it is none, or nests too deep. */
export function parsed(text: string): unknown {
  if (depthOf(text) > deepest) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (quoted && sign === '\\') at++
    else if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '[' || sign === '{')) most = Math.max(most, ++depth)
    else if (!quoted && (sign === ']' || sign === '}')) depth--
  }
  return most
}

function nameOf({ name, config }: Layer, at: number): string {
  if (name !== undefined) return name
  return typeof config['name'] === 'string' ? config['name'] : `layer ${at + 1}`
}

/** Each layer behind the one before it; the first may tell the input's shape itself. */
function inARow(layers: readonly Layer[]): ReadLayer[] {
  const rows = layers.map((layer, at) => ({
    name: nameOf(layer, at),
    className: layer.class_name,
    config: layer.config,
  }))
  const [first] = rows
  const shape = first?.config['batch_input_shape'] ?? first?.config['batch_shape']
  if (first && first.className !== inputClass && Array.isArray(shape))
    rows.unshift({ name: 'input', className: inputClass, config: { batch_shape: shape } })
  const names = unique(rows.map(({ name }) => name))
  return rows.map((row, at) => {
    const [name, before] = [names[at] ?? row.name, names[at - 1]]
    return { ...row, key: keyOf(name, 0), name, sources: before === undefined ? [] : [keyOf(before, 0)] }
  })
}

export const inputClass = 'InputLayer'

function unique(names: readonly string[]): string[] {
  const used = new Set<string>()
  return names.map((name, at) => {
    const own = used.has(name) ? `${name} ${at + 1}` : name
    used.add(own)
    return own
  })
}

/** Layers that name their sources; one that is called several times stands there once for each call. */
function connected(layers: readonly Layer[]): ReadLayer[] {
  return layers.flatMap((layer, at) => {
    const name = nameOf(layer, at)
    const { inbound_nodes: calls = [] } = layer
    const row = { name, className: layer.class_name, config: layer.config }
    if (calls.length < 2) return [{ ...row, key: keyOf(name, 0), sources: sourcesOf(calls[0]) }]
    const shared = keyOf(name, 0)
    return calls.map((call, use) => ({ ...row, key: keyOf(name, use), sources: sourcesOf(call), shared }))
  })
}

/** A layer's name with the number of the call, from 0. */
function keyOf(name: string, call: number): string {
  return JSON.stringify([name, call])
}

/**
 * The source of one input, a layer's name and the number of its call: Keras 2's and tfjs's `["conv", 0, 0, {}]`, or
 * Keras 3's tensor with its history.
 */
const OldSource = z
  .tuple([z.string(), z.number(), z.number()])
  .rest(z.unknown())
  .transform(([name, call]) => keyOf(name, call))
const Tensor = z.object({ class_name: z.literal('__keras_tensor__'), config: z.object({ keras_history: OldSource }) })
const NewNode = z.object({ args: z.array(z.unknown()) })

/** The keys of what feeds a layer in one of its calls. */
function sourcesOf(node: unknown): string[] {
  const now = NewNode.safeParse(node)
  if (now.success) return tensorsIn(now.data.args)
  return Array.isArray(node) ? oldSources(node) : []
}

function tensorsIn(args: readonly unknown[]): string[] {
  return args.flatMap((arg): string[] => {
    const one = Tensor.safeParse(arg)
    if (one.success) return [one.data.config.keras_history]
    if (!Array.isArray(arg)) return []
    return arg.flatMap((inner) => {
      const tensor = Tensor.safeParse(inner)
      return tensor.success ? [tensor.data.config.keras_history] : []
    })
  })
}

function oldSources(node: readonly unknown[]): string[] {
  const alone = OldSource.safeParse(node)
  if (alone.success) return [alone.data]
  return node.flatMap((one) => {
    const source = OldSource.safeParse(one)
    return source.success ? [source.data] : []
  })
}

/** The keys of what comes out of a model, as it says itself: one source, a list of them, or one for each name. */
function saidOutputs(said: unknown): readonly string[] {
  if (typeof said !== 'object' || said === null) return []
  return [...new Set(oldSources(Object.values(said)))]
}

/** An output that other layers use too gets an end of its own behind it, which changes nothing. */
function withOutputs(
  layers: readonly ReadLayer[],
  keys: readonly string[],
  training: unknown,
): { layers: ReadLayer[]; outputs: ReadOutput[] } {
  const used = new Set(layers.flatMap(({ sources }) => sources))
  const names = new Map(layers.map(({ key, name }) => [key, name]))
  const ends = keys
    .filter((key) => used.has(key))
    .map((key): ReadLayer => {
      const config = { activation: 'linear' }
      return { key: JSON.stringify([key, 'end']), name: '', className: 'Activation', config, sources: [key] }
    })
  const outputs = keys.map((key) => ({
    key: ends.find(({ sources }) => sources[0] === key)?.key ?? key,
    name: names.get(key) ?? '',
  }))
  return { layers: [...layers, ...ends], outputs: readOutputs(outputs, training) }
}
