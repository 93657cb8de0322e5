import type { FilterView } from '@shared/ipc/look'
import { AppError } from '@shared/ipc/errors'
import { layerKind } from '@shared/layers/registry'
import { englishText } from '@shared/messages/english'
import { layerNames, nameText } from '@shared/network/names'
import { ownerOf } from '@shared/network/tied'
import type { TrainedNetwork } from './trained'

/** The filters of a node that has some to look at, or of the first such node. */
export function readFilters(network: TrainedNetwork, node: string | null): FilterView {
  const shown = new Map(network.record.network.nodes.map(({ id, kind }) => [id, layerKind(kind)?.filters]))
  const owner = node === null ? null : ownerOf(network.record.network, node)
  const place = network
    .listWeights()
    .find((weight) => shown.get(weight.node) === weight.name && (owner === null || weight.node === owner))
  if (!place) throw new AppError('no-filters', { layer: nameOf(network, node) })
  const weight = network.readWeights(place.node).find(({ name }) => name === place.name)
  if (!weight) throw new AppError('no-filters', { layer: nameOf(network, place.node) })
  return { node: node ?? place.node, shape: [...place.shape], values: weight.values, step: network.step }
}

function nameOf({ record }: TrainedNetwork, node: string | null): string {
  const name = node === null ? undefined : layerNames(record.network, englishText).get(node)
  return name ? nameText(name) : (node ?? '–')
}
