import { produce } from 'immer'
import type { LayerKind } from '../layers/define'
import type { Param } from '../layers/params'
import { layerKind, layerKinds } from '../layers/registry'
import { sizeOf, type Shape } from '../layers/shape'
import type { NetworkDocument, NetworkNode, Value } from './document'

/** One layer that was replaced by its counterpart over another number of axes. */
export interface LiftedLayer {
  readonly node: string
  readonly from: string
  readonly to: string
  /** Settings whose numbers had to be cut, because the counterpart allows no larger ones. */
  readonly cut: readonly string[]
}

export interface Lifted {
  readonly network: NetworkDocument
  readonly layers: readonly LiftedLayer[]
  /** Layers that work over another number of axes and have no counterpart over this one: they stay as they are. */
  readonly left: readonly string[]
}

/** An input that is lifted without data gets at most so many places: 512 × 512, or 64 × 64 × 64. */
const mostPlaces = 2 ** 18

/** The numbers of axes along which a network's layers work, in rising order: `[1]` for a stack over sequences. */
export function axesOf(network: NetworkDocument): number[] {
  const counts = network.nodes.flatMap(({ kind }) => layerKind(kind)?.family?.axes ?? [])
  return [...new Set(counts)].sort((one, other) => one - other)
}

/**
 * Turns a stack over sequences, pictures or volumes into its counterpart over another number of axes. Each window grows
 * along the new axes as far as along its first one, and loses its first ones on the way back: up and down again gives
 * the same network. An input takes the shape of one sample of the data where that has as many axes.
 */
export function lift(network: NetworkDocument, axes: number, data?: Shape): Lifted {
  const layers: LiftedLayer[] = []
  const left: string[] = []
  const next = produce(network, (draft) => {
    for (const node of draft.nodes) {
      const kind = layerKind(node.kind)
      if (!kind?.family || kind.family.axes === axes) continue
      const counterpart = counterpartOf(kind, axes)
      if (!counterpart) {
        left.push(node.id)
        continue
      }
      const { values, cut } = liftValues(node, kind, counterpart, data)
      layers.push({ node: node.id, from: kind.kind, to: counterpart.kind, cut })
      node.kind = counterpart.kind
      node.values = values
    }
  })
  return { network: next, layers, left }
}

function counterpartOf({ family }: LayerKind, axes: number): LayerKind | undefined {
  return [...layerKinds.values()].find((other) => other.family?.name === family?.name && other.family?.axes === axes)
}

function liftValues(
  node: Pick<NetworkNode, 'values'>,
  from: LayerKind,
  to: LayerKind,
  data: Shape | undefined,
): { values: Record<string, Value>; cut: string[] } {
  const own = from.complete(node.values)
  const cut: string[] = []
  const values = Object.fromEntries(
    Object.entries(to.params).map(([name, param]): [string, Value] => {
      const lifted = liftValue(own[name], from, to, name)
      const allowed = within(lifted, param, to.inputs.max === 0)
      if (lifted !== undefined && String(lifted) !== String(allowed)) cut.push(name)
      return [name, allowed]
    }),
  )
  const fitted = to.inputs.max === 0 && data ? to.fit?.(values, data) : undefined
  return fitted ? { values: { ...values, ...fitted }, cut: [] } : { values, cut }
}

/** A setting's value over the counterpart's axes; undefined where the layer has no such setting. */
function liftValue(value: Value | undefined, from: LayerKind, to: LayerKind, name: string): Value | undefined {
  const [before, after] = [from.params[name], to.params[name]]
  if (before?.control !== 'size' || after?.control !== 'size' || !Array.isArray(value)) return value
  const channels = after.axes.at(-1) === 'channels' ? value.slice(-1) : []
  const places = value.slice(0, value.length - channels.length)
  const wanted = after.axes.length - channels.length
  // Settings with several numbers for an axis (what is cut off before and behind) have all of them repeated.
  const perAxis = Math.max(1, Math.round(places.length / (from.family?.axes ?? 1)))
  const first = places.slice(0, perAxis)
  while (places.length < wanted) places.unshift(...first)
  return [...places.slice(-wanted), ...channels]
}

/** The value as near to the wished one as the setting allows. */
function within(value: Value | undefined, param: Param, isInput: boolean): Value {
  if (value === undefined) return param.initial
  if (param.control !== 'size' || !Array.isArray(value))
    return param.schema.safeParse(value).success ? value : param.initial
  const allowed = value.map((size) => Math.min(param.max, Math.max(param.min, size)))
  return isInput ? fewPlaces(allowed) : allowed
}

/** A sample's shape with its longest axes shortened until it has no more places than can be computed with. */
function fewPlaces(shape: readonly number[]): number[] {
  const places = shape.slice(0, -1)
  if (places.length < 2 || sizeOf(places) <= mostPlaces) return [...shape]
  const side = Math.floor(mostPlaces ** (1 / places.length) + 1e-9)
  return [...places.map((size) => Math.min(size, side)), ...shape.slice(-1)]
}
