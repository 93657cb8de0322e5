import type { FilterView } from '@shared/ipc/look'
import { AppError } from '@shared/ipc/errors'
import type { ShownFilters } from '@shared/layers/define'
import { layerKind } from '@shared/layers/registry'
import type { Words } from '@shared/messages/words'
import { nameWords } from '@shared/network/names'
import { ownerOf } from '@shared/network/tied'
import type { Weight } from '../model/weights'
import type { TrainedNetwork } from './trained'

/** The filters of a node that has some to look at, or of the first such node. */
export function readFilters(network: TrainedNetwork, node: string | null): FilterView {
  const shown = new Map(network.record.network.nodes.map(({ id, kind }) => [id, layerKind(kind)?.filters]))
  const owner = node === null ? null : ownerOf(network.record.network, node)
  const place = network
    .listWeights()
    .find((weight) => shown.get(weight.node)?.weight === weight.name && (owner === null || weight.node === owner))
  if (!place) throw new AppError('no-filters', { layer: nameOf(network, node) })
  const weight = network.readWeights(place.node).find(({ name }) => name === place.name)
  if (!weight) throw new AppError('no-filters', { layer: nameOf(network, place.node) })
  const order = shown.get(place.node)?.order ?? 'inputs-filters'
  return { node: node ?? place.node, ...inOrder(weight, order), step: network.step }
}

/** A weight's values in the order `[…places, inputs, filters]`; of one with filters for each input, each sees one. */
function inOrder({ shape, values }: Weight, order: ShownFilters['order']): Pick<FilterView, 'shape' | 'values'> {
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
