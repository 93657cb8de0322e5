import { layerKind } from '@shared/layers/registry'
import type { NetworkDocument } from '@shared/network/document'
import type { Weight } from '../weights'

/** A network's weights for its plain form: kernels in groups become kernels of all channels. */
export function plainWeights(network: NetworkDocument, weights: readonly Weight[]): Weight[] {
  const groups = new Map(
    network.nodes.map(({ id, kind, values }) => [id, layerKind(kind)?.tfjs(values)?.config['groups']]),
  )
  return weights.map((weight) => {
    const count = groups.get(weight.node)
    return typeof count === 'number' && weight.name === 'kernel' ? ungrouped(weight, count) : weight
  })
}

/**
 * A kernel `[…window, channels / groups, filters]` as one of all channels, `[…window, channels, filters]`: block by
 * block along the diagonal, zero where a filter does not see a channel.
 */
function ungrouped(kernel: Weight, groups: number): Weight {
  const filters = kernel.shape.at(-1) ?? 1
  const share = kernel.shape.at(-2) ?? 1
  const channels = share * groups
  const taps = kernel.values.length / (share * filters)
  const values = new Float32Array(taps * channels * filters)
  for (let tap = 0; tap < taps; tap++)
    for (let channel = 0; channel < share; channel++)
      for (let filter = 0; filter < filters; filter++) {
        const group = Math.floor((filter * groups) / filters)
        const to = (tap * channels + group * share + channel) * filters + filter
        values[to] = kernel.values[(tap * share + channel) * filters + filter] ?? 0
      }
  return { ...kernel, shape: [...kernel.shape.slice(0, -2), channels, filters], values }
}
