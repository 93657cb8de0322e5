import { z } from 'zod'

/** A layer of a model's description, whichever framework wrote it. */
export interface ReadLayer {
  readonly name: string
  readonly className: string
  /** The settings by Keras's names, as they stand in the text. */
  readonly config: Readonly<Record<string, unknown>>
  /** The names of the layers that feed it, by input. */
  readonly sources: readonly string[]
  /** How many times the layer is used; its sources are those of the first use. */
  readonly uses: number
}

/** What a text is: a model's layers, or why it is none; the reasons are keys of the messages at `code.read.text`. */
export type ReadModel =
  | { readonly ok: true; readonly layers: readonly ReadLayer[] }
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
  config: z.union([z.object({ layers: z.array(Layer) }), z.array(Layer).transform((layers) => ({ layers }))]),
})

/** Around a model: tfjs's `model.json`, and models that a converter took from Keras. */
const Wrapped = z.union([
  z.object({ modelTopology: z.object({ model_config: Model }) }).transform((file) => file.modelTopology.model_config),
  z.object({ modelTopology: Model }).transform((file) => file.modelTopology),
  z.object({ model_config: Model }).transform((file) => file.model_config),
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
  const { class_name, config } = model.data
  if (config.layers.length === 0) return { ok: false, why: 'not-a-model' }
  if (config.layers.length >= mostLayers) return { ok: false, why: 'too-many-layers' }
  return { ok: true, layers: class_name === 'Sequential' ? inARow(config.layers) : connected(config.layers) }
}

/** Models nest a dozen levels deep; thousands would exhaust the stack of whoever walks through them. */
const deepest = 100

/** The content of a JSON text; undefined where it is none, or nests too deep. */
function parsed(text: string): unknown {
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
    return { ...row, name, sources: before === undefined ? [] : [before], uses: 1 }
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

function connected(layers: readonly Layer[]): ReadLayer[] {
  return layers.map((layer, at) => ({
    name: nameOf(layer, at),
    className: layer.class_name,
    config: layer.config,
    sources: sourcesOf(layer.inbound_nodes?.[0]),
    uses: layer.inbound_nodes?.length ?? 1,
  }))
}

/** The source of one input: Keras 2's and tfjs's `["conv", 0, 0, {}]`, or Keras 3's tensor with its history. */
const OldSource = z.tuple([z.string(), z.number(), z.number()]).rest(z.unknown())
const Tensor = z.object({ class_name: z.literal('__keras_tensor__'), config: z.object({ keras_history: OldSource }) })
const NewNode = z.object({ args: z.array(z.unknown()) })

/** The layers that feed a layer in one of its uses. */
function sourcesOf(node: unknown): string[] {
  const now = NewNode.safeParse(node)
  if (now.success) return tensorsIn(now.data.args)
  return Array.isArray(node) ? oldSources(node) : []
}

function tensorsIn(args: readonly unknown[]): string[] {
  return args.flatMap((arg): string[] => {
    const one = Tensor.safeParse(arg)
    if (one.success) return [one.data.config.keras_history[0]]
    if (!Array.isArray(arg)) return []
    return arg.flatMap((inner) => {
      const tensor = Tensor.safeParse(inner)
      return tensor.success ? [tensor.data.config.keras_history[0]] : []
    })
  })
}

function oldSources(node: readonly unknown[]): string[] {
  const alone = OldSource.safeParse(node)
  if (alone.success) return [alone.data[0]]
  return node.flatMap((one) => {
    const source = OldSource.safeParse(one)
    return source.success ? [source.data[0]] : []
  })
}
