import type { FilterRequest, FilterView } from '@shared/ipc/look'
import { AppError } from '@shared/ipc/errors'
import type { ShownFilters } from '@shared/layers/define'
import { layerKind } from '@shared/layers/registry'
import { sizeOf } from '@shared/layers/shape'
import type { Words } from '@shared/messages/words'
import type { Value } from '@shared/network/document'
import { nameWords } from '@shared/network/names'
import { ownerOf } from '@shared/network/tied'
import { walk } from '@shared/network/walk'
import type { Weight } from '../model/weights'
import type { TrainedNetwork } from './trained'

/** The filters of a node that has some to look at, or of the first such node. */
export function readFilters(network: TrainedNetwork, { node, at = [] }: FilterRequest): FilterView {
  const shown = new Map(network.record.network.nodes.map(({ id, kind }) => [id, layerKind(kind)?.filters]))
  const owner = node === null ? null : ownerOf(network.record.network, node)
  const place = network
    .listWeights()
    .find((weight) => shown.get(weight.node)?.weight === weight.name && (owner === null || weight.node === owner))
  if (!place) throw new AppError('no-filters', { layer: nameOf(network, node) })
  const weight = network.readWeights(place.node).find(({ name }) => name === place.name)
  if (!weight) throw new AppError('no-filters', { layer: nameOf(network, place.node) })
  const order = shown.get(place.node)?.order ?? 'inputs-filters'
  const view = order === 'each-place' ? atPlace(network, weight, at) : inOrder(weight, order)
  return { node: node ?? place.node, ...view, step: network.step }
}

/** The kernel of one place, in the order `[…window, inputs, filters]`; places beyond the last are the last. */
function atPlace(
  { record }: TrainedNetwork,
  { node, shape, values }: Weight,
  wanted: readonly number[],
): Pick<FilterView, 'shape' | 'values' | 'places'> {
  const facts = walk(record.network).get(node)
  const count = facts?.result.ok ? facts.result.shape.slice(0, -1) : []
  const window = numbersIn(facts?.kind?.complete(facts.node.values)['kernel'])
  const [, seen = 1, filters = 1] = shape
  const at = count.map((places, axis) => Math.min(wanted[axis] ?? Math.floor(places / 2), places - 1))
  const number = at.reduce((before, place, axis) => before * (count[axis] ?? 1) + place, 0)
  const size = seen * filters
  return {
    shape: [...window, seen / sizeOf(window), filters],
    values: values.slice(number * size, (number + 1) * size),
    places: { count, at },
  }
}

function numbersIn(value: Value | undefined): number[] {
  return Array.isArray(value) ? value.map(Number) : []
}

/** A weight's values in the order `[…places, inputs, filters]`; of one with filters for each input, each sees one. */
function inOrder(
  { shape, values }: Weight,
  order: Exclude<ShownFilters['order'], 'each-place'>,
): Pick<FilterView, 'shape' | 'values'> {
  const places = shape.slice(0, -2)
  const [first = 1, second = 1] = shape.slice(-2)
  if (order === 'inputs-filters') return { shape: [...shape], values }
  if (order === 'each-input') return { shape: [...places, 1, first * second], values }
  const swapped = new Float32Array(values.length)
  for (let at = 0; at < values.length; at++) {
    const [place, filter, input] = [Math.floor(at / (first * second)), Math.floor(at / second) % first, at % second]
    swapped[(place * second + input) * first + filter] = values[at] ?? 0
  }
  return { shape: [...places, second, first], values: swapped }
}

function nameOf({ record }: TrainedNetwork, node: string | null): string | Words {
  return node === null ? '–' : nameWords(record.network, node)
}
