import type { LayerKind, TfjsLayer } from '../../layers/define'
import { inKeras } from '../../layers/keras-layer'
import type { Param } from '../../layers/params'
import { layerKinds } from '../../layers/registry'
import type { Shape } from '../../layers/shape'
import type { Value, Values } from '../document'
import { differences, filledIn, plainLayer, same, type Difference, type PlainLayer } from './settings'

/** A kind with the values that make it most like a layer of a framework, and what is different all the same. */
export interface Match {
  readonly kind: LayerKind
  readonly values: Values
  readonly differences: readonly Difference[]
}

/** A kind's layer in Keras's words, by which it is compared. */
function made(kind: LayerKind, values: Values, inputs: readonly Shape[]): PlainLayer | undefined {
  const tfjs = kind.tfjs(values, inputs)
  if (!tfjs) return undefined
  const { className, config } = inKeras(tfjs)
  const { before, after } = tfjs
  return plainLayer(className, {
    ...config,
    ...(before ? { before: before.map(asSetting) } : {}),
    ...(after ? { after: after.map(asSetting) } : {}),
  })
}

/** A layer as a setting of another one. */
export function asSetting(layer: Pick<TfjsLayer, 'className' | 'config'>): { class_name: string; config: object } {
  const { className, config } = inKeras(layer)
  return { class_name: className, config }
}

/**
 * The kind and the values that write a layer as it was read. Kinds are not asked what they can read: values are found by
 * changing one after another and seeing what is written then, so that whatever a kind writes can be read.
 */
export function matchKind(layer: PlainLayer, inputs: readonly Shape[]): Match | undefined {
  let best: Match | undefined
  for (const kind of layerKinds.values()) {
    const match = matchOne(kind, layer, inputs)
    if (match && (!best || match.differences.length < best.differences.length)) best = match
    if (best?.differences.length === 0) return best
  }
  return best
}

function matchOne(kind: LayerKind, layer: PlainLayer, inputs: readonly Shape[]): Match | undefined {
  const start = startFor(kind, layer.className, inputs)
  if (!start) return undefined
  const score = (values: Values) => {
    const one = made(kind, values, inputs)
    return one?.className === layer.className ? differences(layer, one) : undefined
  }
  const found = settleAll(kind, layer, inputs, start)
  const left = score(found)
  if (!left) return undefined
  let best = { kind, values: found, differences: left }
  if (left.length === 0) return best
  // A choice may decide which of the other settings counts, and show only once that one is set.
  for (const [name, param] of Object.entries(kind.params))
    for (const value of choices(param)) {
      if (!decides(kind, inputs, { ...found, [name]: value }, found, left)) continue
      const values = settleAll(kind, layer, inputs, { ...start, [name]: value }, name)
      const differences = score(values)
      if (differences && differences.length < best.differences.length) best = { kind, values, differences }
    }
  return best
}

/** Whether other values write something else for the settings in which a layer differs. */
function decides(
  kind: LayerKind,
  inputs: readonly Shape[],
  values: Values,
  before: Values,
  left: readonly Difference[],
): boolean {
  const [now, then] = [made(kind, values, inputs)?.config ?? {}, made(kind, before, inputs)?.config ?? {}]
  return left.some(({ setting }) => !same(now[setting], then[setting]))
}

/** The values with all of them set as the layer has them, but for one that is kept. */
function settleAll(kind: LayerKind, layer: PlainLayer, inputs: readonly Shape[], start: Values, kept?: string): Values {
  let values = start
  // Twice: what one setting says may show only once another is set.
  for (let round = 0; round < 2; round++)
    for (const [name, param] of Object.entries(kind.params))
      if (name !== kept) values = settle(kind, layer, inputs, { values, name, param })
  return values
}

/** For each kind and each number of axes that comes in, values with which it writes each class that it can write. */
const startsByKind = new Map<string, ReadonlyMap<string, Values>>()

/** Values with which a kind writes a class; undefined where it cannot. */
function startFor(kind: LayerKind, className: string, inputs: readonly Shape[]): Values | undefined {
  const key = `${kind.kind} ${inputs.map(({ length }) => length).join()}`
  const known = startsByKind.get(key) ?? starts(kind, inputs)
  startsByKind.set(key, known)
  return known.get(className)
}

function starts(kind: LayerKind, inputs: readonly Shape[]): ReadonlyMap<string, Values> {
  const found = new Map<string, Values>()
  const params = Object.entries(kind.params)
  const note = (values: Values) => {
    const className = kind.tfjs(values, inputs)?.className
    if (className !== undefined && !found.has(className)) found.set(className, values)
  }
  const first = kind.complete({})
  note(first)
  for (const [name, param] of params)
    for (const value of choices(param)) {
      const chosen = { ...first, [name]: value }
      note(chosen)
      // A number may decide too, once it counts.
      for (const [other, number] of params)
        if (choices(number).length === 0) note({ ...chosen, [other]: otherValue(number, chosen[other]) })
    }
  return found
}

function choices(param: Param): readonly Value[] {
  if (param.control === 'toggle') return [false, true]
  return param.control === 'choice' ? param.options : []
}

interface Place {
  readonly values: Values
  readonly name: string
  readonly param: Param
}

/** The values with one of them set as the layer has it. */
function settle(kind: LayerKind, layer: PlainLayer, inputs: readonly Shape[], { values, name, param }: Place): Values {
  const options = choices(param)
  if (options.length > 0) {
    const count = (value: Value) => {
      const one = made(kind, { ...values, [name]: value }, inputs)
      return one?.className === layer.className ? differences(layer, one).length : Infinity
    }
    const now = values[name] ?? param.initial
    const best = options.reduce(
      (least, value) => {
        const found = count(value)
        return found < least.count ? { value, count: found } : least
      },
      { value: now, count: count(now) },
    )
    return { ...values, [name]: best.value }
  }
  const read = readNumbers(kind, layer, inputs, { values, name, param })
  const parsed = param.schema.safeParse(read)
  return parsed.success ? { ...values, [name]: parsed.data } : values
}

/** The numbers of one setting: another number is written, and where it shows the layer's own number stands. */
function readNumbers(
  kind: LayerKind,
  layer: PlainLayer,
  inputs: readonly Shape[],
  { values, name, param }: Place,
): unknown {
  const before = made(kind, values, inputs)
  const now = values[name] ?? param.initial
  const numberAt = (probe: number, tried: Value) => {
    const after = made(kind, { ...values, [name]: tried }, inputs)
    if (!before || after?.className !== layer.className) return undefined
    const [old, fresh] = [leaves(before.config), leaves(after.config)]
    const path = [...fresh].find(([at, value]) => value === probe && old.get(at) !== probe)?.[0]
    if (path === undefined) return undefined
    const [, key = ''] = path.split('/')
    const found = leaves(likened(filledIn(layer, key), after.config[key]), `/${key}`).get(path)
    return typeof found === 'number' ? asWritten(found) : undefined
  }
  if (Array.isArray(now))
    return now.map((number, axis) => {
      const probe = otherNumber(param, number)
      return numberAt(
        probe,
        now.map((one, at) => (at === axis ? probe : one)),
      )
    })
  return typeof now === 'number' ? numberAt(otherNumber(param, now), otherNumber(param, now)) : undefined
}

/** One number for all axes as a number per axis, where a kind writes it so. */
function likened(value: unknown, like: unknown): unknown {
  return Array.isArray(like) && !Array.isArray(value) ? like.map((one) => likened(value, one)) : value
}

/** Another number than the present one, within what the setting allows. */
function otherNumber(param: Param, now: number): number {
  if (param.control !== 'int' && param.control !== 'size' && param.control !== 'real') return now
  const { min, max } = param
  if (param.control === 'real') return (min + max) / 2 === now ? max : (min + max) / 2
  return now < max ? Math.max(min, now + 1) : max - 1
}

/** Other values than the present ones for a setting that is no choice. */
function otherValue(param: Param, now: Value | undefined): Value {
  const present = now ?? param.initial
  if (Array.isArray(present)) return present.map((number) => otherNumber(param, number))
  return typeof present === 'number' ? otherNumber(param, present) : present
}

/** Every number of a config by its path. */
function leaves(value: unknown, path = '', found = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value === 'object' && value !== null && path.length < 400)
    for (const [key, inner] of Object.entries(value)) leaves(inner, `${path}/${key}`, found)
  else found.set(path, value)
  return found
}

/** A number that was kept in single precision as it was written: 0.01 for 0.009999999776. */
function asWritten(value: number): number {
  const short = Number(value.toPrecision(7))
  return short !== value && Math.fround(short) === value ? short : value
}
