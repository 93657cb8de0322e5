import { z } from 'zod'
import type { TfjsLayer } from '@shared/layers/define'
import { automaticName } from '@shared/network/code/names'
import { deriveSeed } from '../../random'
import { tf, type Layer, type Tensor } from '../../tf'
import { makeLayer, type LayerPlan } from './make-layer'
import { onlyInput } from './own-convolution'

const Inner = z.object({ className: z.string(), config: z.record(z.string(), z.unknown()) })
const merges = ['concat', 'sum', 'mul', 'ave'] as const

/** The layer that a wrapper holds; undefined for a layer that is no wrapper. */
export function layerWithin({ config }: TfjsLayer): TfjsLayer | undefined {
  return Inner.safeParse(config['layer']).data
}

type Wrapper = (plan: LayerPlan, inner: TfjsLayer) => Layer

/** Makers of the classes that hold another layer. */
export const wrappers: Readonly<Record<string, Wrapper>> = {
  TimeDistributed: timeDistributed,
  Bidirectional: bidirectional,
}

/** A layer at every step. tfjs's own goes from step to step; here the steps of all samples are so many samples more. */
function timeDistributed(plan: LayerPlan, tfjs: TfjsLayer): Layer {
  const { name, ranks, plain } = plan
  const inner = makeLayer({ ...plan, name: automaticName(tfjs.className), ranks: ranks.map((rank) => rank - 1), tfjs })
  const layer: Layer = tf.layers.timeDistributed({ layer: inner, name })
  if (plain) return layer
  layer.call = (inputs: Tensor | Tensor[], options) =>
    tf.tidy(() => {
      const input = onlyInput(inputs)
      const [samples = 1, steps = 1, ...each] = input.shape
      const output = onlyInput(inner.call(input.reshape([samples * steps, ...each]), options))
      return output.reshape([samples, steps, ...output.shape.slice(1)])
    })
  return layer
}

/** Two recurrent layers, one of them from the end. tfjs gives both the same first weights, where Keras draws for each. */
function bidirectional(plan: LayerPlan, tfjs: TfjsLayer): Layer {
  const { name, weights } = plan
  const own = automaticName(tfjs.className)
  const inner = makeLayer({ ...plan, name: own, tfjs })
  if (!(inner instanceof tf.RNN)) throw new Error(`${tfjs.className} is no recurrent layer`)
  const mergeMode = z.enum(merges).parse(plan.tfjs.config['mergeMode'])
  const layer: Layer = tf.layers.bidirectional({ layer: inner, mergeMode, name })
  if (typeof weights !== 'object') return layer
  const other = { seed: deriveSeed(weights.seed, 'backward') }
  const config = { ...tfjs.config, goBackwards: true }
  const backward = makeLayer({ ...plan, name: `backward_${own}`, tfjs: { ...tfjs, config }, weights: other })
  if (!('backwardLayer' in layer)) throw new Error('tfjs’s Bidirectional has no backward layer')
  layer.backwardLayer = backward
  return layer
}
