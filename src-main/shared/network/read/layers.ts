import { z } from 'zod'
import type { LayerKind } from '../../layers/define'
import { layerKinds } from '../../layers/registry'
import { shapeText, type Shape } from '../../layers/shape'
import type { NetworkNode, Values, Wire } from '../document'
import { asSetting, matchKind, type Match } from './kinds'
import { inputClass, type ReadLayer } from './model-json'
import { personalName } from './names'
import { tfjsForm } from '../code/tfjs-form'
import { aliasOf, differences, plainLayer, without, type PlainLayer } from './settings'

/** What is the matter with one layer; `code` is a key of the messages at `code.read.layer`. */
export interface LayerComplaint {
  readonly layer: string
  readonly code:
    'unknown-class' | 'nested' | 'shared' | 'setting' | 'input-shape' | 'unknown-source' | 'too-many-inputs'
  readonly params: Readonly<Record<string, string | number>>
}

export interface ReadLayers {
  readonly nodes: readonly NetworkNode[]
  readonly wires: readonly Wire[]
  /** The nodes by the keys of the layers that they were read from. */
  readonly ids: ReadonlyMap<string, string>
  /** Why the layers cannot be read. */
  readonly complaints: readonly LayerComplaint[]
  /** What is not taken over. */
  readonly left: readonly LayerComplaint[]
}

/** Settings whose loss is told but not refused: they do not change what a trained network answers. */
const dispensable = /(_initializer|^trainable)$/

/** Classes that hold whole models. */
const nested = new Set(['Functional', 'Model', 'Sequential'])

/** The most inputs that a wire can count (document.ts). */
const mostInputs = 64

/** More complaints than this help nobody. */
const mostComplaints = 100

interface Known {
  readonly id: string
  readonly shape: Shape | undefined
}

/** Reads layers that stand behind their sources. */
export function readLayers(layers: readonly ReadLayer[]): ReadLayers {
  const nodes: NetworkNode[] = []
  const wires: Wire[] = []
  const complaints: LayerComplaint[] = []
  const left: LayerComplaint[] = []
  const known = new Map<string, Known>()
  const owners = new Map<string, NetworkNode>()
  const counts = new Map<string, number>()
  const match = rememberedMatches()

  for (const layer of layers) {
    if (complaints.length >= mostComplaints) break
    const sources = layer.sources.map((key) => known.get(key))
    const shapes = sources.map((source) => source?.shape)
    const inputs = shapes.flatMap((shape) => (shape ? [shape] : []))
    const complain = (code: LayerComplaint['code'], params: LayerComplaint['params'] = {}) =>
      complaints.push({ layer: layer.name, code, params: { class: layer.className, ...params } })

    if (sources.includes(undefined)) complain('unknown-source')
    if (layer.sources.length > mostInputs) complain('too-many-inputs', { count: layer.sources.length, max: mostInputs })
    const found = layer.className === inputClass ? matchInput(layer) : match(layer, inputs)
    if (!found) {
      if (layer.className === inputClass) complain('input-shape', { shape: shapeWords(layer) })
      else complain(nested.has(layer.className) ? 'nested' : 'unknown-class')
    }
    for (const { setting, value } of eachOnce(found?.differences ?? []))
      if (dispensable.test(setting))
        left.push({ layer: layer.name, code: 'setting', params: { class: layer.className, setting, value } })
      else complain('setting', { setting, value })

    const kind = found?.kind.kind ?? layer.className
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    const id = found ? `${kind}-${count}` : `unknown-${nodes.length + 1}`
    const result = found && inputs.length === sources.length ? found.kind.outShape(found.values, inputs) : undefined
    known.set(layer.key, { id, shape: result?.ok ? result.shape : undefined })
    if (!found) continue
    const name = personalName(layer.name, layer.className, kind)
    const node = { id, kind, name, values: { ...found.values }, position: { x: 0, y: 0 } }
    const owner = owners.get(layer.shared ?? '')
    if (owner && owner.kind !== kind) complain('shared')
    nodes.push(owner ? { ...node, values: { ...owner.values }, weightsOf: owner.id } : node)
    if (layer.shared !== undefined && !owner) owners.set(layer.shared, node)
    for (const [input, source] of sources.entries())
      if (source) wires.push({ id: `wire-${wires.length + 1}`, from: source.id, to: id, input })
  }
  return { nodes, wires, ids: new Map([...known].map(([key, { id }]) => [key, id])), complaints, left }
}

/** A layer within that is of another class counts as many differences, which are one to a person. */
function eachOnce(differences: Match['differences']): Match['differences'] {
  return [...new Map(differences.map((one) => [`${one.setting} ${one.value}`, one])).values()]
}

/** Networks repeat themselves: what was found for a layer holds for its like. */
function rememberedMatches(): (layer: ReadLayer, inputs: readonly Shape[]) => Match | undefined {
  const found = new Map<string, Match | undefined>()
  return ({ className, config }, inputs) => {
    const rest = without(config, 'name')
    const key = JSON.stringify([className, rest, inputs])
    if (!found.has(key)) found.set(key, matchLayer(plainLayer(className, withLastAxis(rest, inputs)), inputs))
    return found.get(key)
  }
}

function matchLayer(layer: PlainLayer, inputs: readonly Shape[]): Match | undefined {
  const own = matchKind(layer, inputs)
  if (own?.differences.length === 0) return own
  const alias = aliasOf(layer)
  return (alias && matchKind(alias, inputs)) ?? matchAlone(layer, inputs) ?? own
}

/** A layer whose kind has nothing beside it, but for which tfjs needs just what stood beside it. */
function matchAlone({ className, config }: PlainLayer, inputs: readonly Shape[]): Match | undefined {
  const { before = [], after = [], ...rest } = config
  if (!('before' in config) && !('after' in config)) return undefined
  const match = matchLayer({ className, config: rest }, inputs)
  const tfjs = match?.differences.length === 0 ? match.kind.tfjs(match.values, inputs) : undefined
  if (!tfjs) return undefined
  const form = tfjsForm(tfjs, inputs)
  const at = form.findIndex(({ mark }) => mark === undefined)
  const written = { before: form.slice(0, at).map(asSetting), after: form.slice(at + 1).map(asSetting) }
  const asRead = { className, config: { before, after } }
  return differences(asRead, { className, config: written }).length === 0 ? match : undefined
}

/** The last axis is −1 here; frameworks also count it from the front, the batch included. */
function withLastAxis(config: ReadLayer['config'], [shape]: readonly Shape[]): ReadLayer['config'] {
  const { axis } = config
  const one: unknown = Array.isArray(axis) && axis.length === 1 ? axis[0] : axis
  const last = laidOut(config) ?? shape?.length
  return typeof one === 'number' ? { ...config, axis: one === last ? -1 : one } : config
}

const Reshape = z.object({ config: z.object({ target_shape: z.array(z.number()) }) })

/** The number of axes that a layer sees behind a layer of its own that lays values out anew. */
function laidOut({ before }: ReadLayer['config']): number | undefined {
  const last: unknown = Array.isArray(before) ? before.at(-1) : undefined
  return Reshape.safeParse(last).data?.config.target_shape.length
}

function matchInput({ config }: ReadLayer): Match | undefined {
  const shape = shapeIn(config)
  if (!shape) return undefined
  for (const kind of layerKinds.values()) {
    const values = kind.inputs.max === 0 ? checked(kind, kind.fit?.({}, shape)) : undefined
    if (values) return { kind, values: kind.complete(values), differences: [] }
  }
  return undefined
}

/** Values that the kind's own settings allow. */
function checked(kind: LayerKind, values: Values | undefined): Values | undefined {
  const allowed = Object.entries(values ?? {}).every(
    ([name, value]) => kind.params[name]?.schema.safeParse(value).success,
  )
  return allowed ? values : undefined
}

/** The sizes of one sample, where all are given. */
function shapeIn(config: ReadLayer['config']): Shape | undefined {
  const batched = config['batch_shape'] ?? config['batch_input_shape']
  const sizes: unknown = Array.isArray(batched) ? batched.slice(1) : config['shape']
  if (!Array.isArray(sizes)) return undefined
  const whole = sizes.flatMap((size: unknown) => (typeof size === 'number' && Number.isInteger(size) ? [size] : []))
  return whole.length === sizes.length ? whole : undefined
}

function shapeWords({ config }: ReadLayer): string {
  const shape = shapeIn(config)
  const raw = config['batch_shape'] ?? config['batch_input_shape'] ?? config['shape']
  return shape ? shapeText(shape) : (JSON.stringify(raw ?? null) ?? '').slice(0, 60)
}
