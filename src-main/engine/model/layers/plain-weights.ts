import { layerKind } from '@shared/layers/registry'
import { sizeOf } from '@shared/layers/shape'
import type { NetworkDocument } from '@shared/network/document'
import type { Weight } from '../weights'
import { writtenOutDilation } from './plain-dilation'
import { isRowClass } from './plain-rows'
import { layerWithin } from './wrapped'

/** A network's weights for its plain form: kernels with zeros where tfjs knows no groups or no dilation, under tfjs's names. */
export function plainWeights(network: NetworkDocument, weights: readonly Weight[]): Weight[] {
  const layers = new Map(
    network.nodes.map(({ id, kind, values }) => {
      const tfjs = layerKind(kind)?.tfjs(values)
      return [id, (tfjs && layerWithin(tfjs)) ?? tfjs] as const
    }),
  )
  return weights.map((weight) => {
    const layer = layers.get(weight.node)
    if (!layer || !windowed.has(weight.name)) return weight
    const { groups } = layer.config
    const whole = typeof groups === 'number' ? ungrouped(weight, groups) : weight
    const dilation = writtenOutDilation(layer)
    const written = dilation && weight.name !== 'pointwise_kernel' ? dilation.reduce(spreadAlong, whole) : whole
    const shape = isRowClass(layer) ? [1, ...written.shape] : written.shape
    return { ...written, shape, name: names[layer.className] ?? weight.name }
  })
}

/** The kernels that are moved over an input; the last one over its single places. */
const windowed: ReadonlySet<string> = new Set(['kernel', 'depthwise_kernel', 'pointwise_kernel'])

/** What tfjs calls a kernel that Keras calls `kernel`. */
const names: Readonly<Record<string, string>> = {
  DepthwiseConv1D: 'depthwise_kernel',
  DepthwiseConv2D: 'depthwise_kernel',
}

/** A kernel whose places lie `distance` apart along an axis, with zeros in between. */
function spreadAlong(kernel: Weight, distance: number, axis: number): Weight {
  const size = kernel.shape[axis] ?? 1
  const extent = (size - 1) * distance + 1
  const inner = sizeOf(kernel.shape.slice(axis + 1))
  const values = new Float32Array((kernel.values.length / size) * extent)
  for (const [n, value] of kernel.values.entries()) {
    const row = Math.floor(n / inner)
    const to = Math.floor(row / size) * extent + (row % size) * distance
    values[to * inner + (n % inner)] = value
  }
  return { ...kernel, shape: kernel.shape.map((length, at) => (at === axis ? extent : length)), values }
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
