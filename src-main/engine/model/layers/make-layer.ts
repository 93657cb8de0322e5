import { z } from 'zod'
import type { TfjsLayer } from '@shared/layers/define'
import { deriveSeed } from '../../random'
import { tf, type ConfigDict, type Layer } from '../../tf'
import { FusedBatchNormalization, NormalizationConfig } from './fused-batch-normalization'
import { GlobalPooling } from './global-pooling'
import { GroupedConvolution } from './grouped-convolution'
import { LocalResponseConfig, LocalResponseNormalization } from './local-response'
import { SeededDropout } from './seeded-dropout'
import { VolumeMaxPooling, VolumePoolingConfig } from './volume-max-pooling'

/**
 * Where first weights come from: drawn by a seed; `zeros` where others will be put in their place; `own` draws without a
 * seed, for a layer that is only to be described.
 */
export type FirstWeights = { readonly seed: number } | 'zeros' | 'own'

export interface LayerPlan {
  /** The layer's name in its network. */
  readonly name: string
  /** The axes of its inputs, the batch included. */
  readonly ranks: readonly number[]
  readonly tfjs: TfjsLayer
  /** The layer's place in the network, which makes its seeds its own. */
  readonly position: number
  readonly weights: FirstWeights
  /** Only classes that every TensorFlow.js and Keras knows, for an export. */
  readonly plain: boolean
}

/** Classes that tfjs lacks, gets wrong in training or computes slowly, with what stands in for them. */
const replacements: Readonly<Record<string, (config: ConfigDict, name: string, seed: number) => Layer>> = {
  BatchNormalization: (config, name) => new FusedBatchNormalization({ ...NormalizationConfig.parse(config), name }),
  Dropout: ({ rate }, name, seed) => new SeededDropout({ rate: z.number().parse(rate), name, seed }),
  GlobalAveragePooling3D: (_config, name) => new GlobalPooling({ reduction: 'mean', name }),
  GlobalMaxPooling1D: (_config, name) => new GlobalPooling({ reduction: 'maximum', name }),
  GlobalMaxPooling2D: (_config, name) => new GlobalPooling({ reduction: 'maximum', name }),
  GlobalMaxPooling3D: (_config, name) => new GlobalPooling({ reduction: 'maximum', name }),
  MaxPooling3D: (config, name) => new VolumeMaxPooling({ ...VolumePoolingConfig.parse(config), name }),
  LocalResponseNormalization: (config, name) =>
    new LocalResponseNormalization({ ...LocalResponseConfig.parse(config), name }),
}

tf.serialization.registerClass(GroupedConvolution)

/** Keras classes that tfjs refuses where Keras does not, with a class that does the same there. */
const substitutes: Readonly<Record<string, (plan: LayerPlan) => TfjsLayer | undefined>> = {
  // A row is flat already; tfjs's Flatten wants more axes.
  Flatten: ({ ranks: [rank] }) =>
    rank === 2 ? { className: 'Activation', config: { activation: 'linear' } } : undefined,
}

/** The class of ours that draws first weights as tfjs's do, where tfjs's own lacks what the config asks for. */
function withGroups(tfjs: TfjsLayer, plain: boolean): TfjsLayer {
  return !plain && 'groups' in tfjs.config ? { ...tfjs, className: GroupedConvolution.className } : tfjs
}

/** A tfjs layer as a kind describes it, with first weights and noise of its own seeds. */
export function makeLayer(plan: LayerPlan): Layer {
  const { name, position, weights, plain } = plan
  const tfjs = withGroups(substitutes[plan.tfjs.className]?.(plan) ?? plan.tfjs, plain)
  const config = { ...toConfig(tfjs.config), name }
  const seed = typeof weights === 'object' ? weights.seed : 0
  const replacement = plain ? undefined : replacements[tfjs.className]
  if (replacement) return replacement(config, name, deriveSeed(seed, 'noise', position))
  if (weights === 'own') return construct(tfjs.className, config)
  const described = construct(tfjs.className, config).getConfig()
  const initializers = Object.entries(described).flatMap(([key, value]) => {
    if (!key.endsWith('Initializer')) return []
    if (weights === 'zeros') return [[key, { className: 'Zeros', config: {} }]]
    const initializer = key in config ? value : asInKeras(value)
    return [[key, withSeed(initializer, deriveSeed(weights.seed, 'weights', position, key))]]
  })
  return construct(tfjs.className, { ...config, ...Object.fromEntries(initializers) })
}

function construct(className: string, config: ConfigDict): Layer {
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[className]
  if (!entry) throw new Error(`tfjs has no layer class ${className}`)
  const [layerClass, fromConfig] = entry
  const layer = fromConfig(layerClass, config)
  if (!(layer instanceof tf.layers.Layer)) throw new Error(`tfjs's class ${className} is no layer`)
  return layer
}

const Initializer = z.object({ className: z.string(), config: z.record(z.string(), z.unknown()) })

/**
 * Keras draws first weights evenly by default (Glorot and Bengio 2010). tfjs's default is a cut normal distribution
 * whose variance comes out a quarter too small, so an initializer that nobody chose is taken from Keras.
 */
function asInKeras(value: unknown): unknown {
  const parsed = Initializer.safeParse(value)
  if (!parsed.success || parsed.data.config['distribution'] !== 'normal') return value
  return { ...parsed.data, config: { ...parsed.data.config, distribution: 'uniform' } }
}

/** An initializer's description with a seed, where it draws random numbers at all. */
function withSeed(value: unknown, seed: number): unknown {
  const parsed = Initializer.safeParse(value)
  if (!parsed.success || !('seed' in parsed.data.config)) return value
  return { ...parsed.data, config: { ...parsed.data.config, seed } }
}

/** A copy of plain values, which is what tfjs calls a config. */
function toConfig(values: Readonly<Record<string, unknown>>): ConfigDict {
  return JSON.parse(JSON.stringify(values))
}
