import { z } from 'zod'
import type { TfjsLayer } from '@shared/layers/define'
import { deriveSeed } from '../../random'
import { tf, type ConfigDict, type Layer } from '../../tf'
import { plainCopy } from './described'
import { BlendedPictures, BlendingConfig } from './blended-pictures'
import { DepthwiseConvolution, SeparableConvolution } from './depthwise'
import { ChannelNormalization, ChannelNormalizationConfig } from './channel-normalization'
import { FusedBatchNormalization, NormalizationConfig } from './fused-batch-normalization'
import { GeneralConvolution } from './general-convolution'
import { GlobalPooling } from './global-pooling'
import { LocalResponseConfig, LocalResponseNormalization } from './local-response'
import { ChangedPlaces, changeOf } from './places'
import { EluConfig, ScaledElu } from './scaled-elu'
import { LocallyConnected } from './locally-connected'
import { NumberEmbedding } from './number-embedding'
import { FastOrthogonal } from './orthogonal'
import { SeededDropout } from './seeded-dropout'
import { SeededNoise } from './seeded-noise'
import { TransposedConvolution } from './transposed-convolution'
import { VolumeMaxPooling, VolumePoolingConfig } from './volume-max-pooling'
import { layerWithin, wrappers } from './wrapped'

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

const RateConfig = z.object({ rate: z.number() })

/** Classes that tfjs lacks, gets wrong in training or computes slowly, with what stands in for them. */
const replacements: Readonly<Record<string, (config: ConfigDict, name: string, seed: number) => Layer>> = {
  BatchNormalization: (config, name) => new FusedBatchNormalization({ ...NormalizationConfig.parse(config), name }),
  Cropping1D: (config, name) => new ChangedPlaces({ plan: changeOf.cropping(config), name }),
  Cropping3D: (config, name) => new ChangedPlaces({ plan: changeOf.cropping(config), name }),
  Dropout: (config, name, seed) => new SeededDropout({ ...RateConfig.parse(config), wholeChannels: false, name, seed }),
  ELU: (config, name) => new ScaledElu({ ...EluConfig.parse(config), name }),
  GaussianNoise: ({ stddev }, name, seed) => new SeededNoise({ deviation: z.number().parse(stddev), name, seed }),
  GlobalAveragePooling3D: (_config, name) => new GlobalPooling({ reduction: 'mean', name }),
  GlobalMaxPooling1D: (_config, name) => new GlobalPooling({ reduction: 'max', name }),
  GlobalMaxPooling2D: (_config, name) => new GlobalPooling({ reduction: 'max', name }),
  GlobalMaxPooling3D: (_config, name) => new GlobalPooling({ reduction: 'max', name }),
  LayerNormalization: (config, name) => new ChannelNormalization({ ...ChannelNormalizationConfig.parse(config), name }),
  MaxPooling3D: (config, name) => new VolumeMaxPooling({ ...VolumePoolingConfig.parse(config), name }),
  LocalResponseNormalization: (config, name) =>
    new LocalResponseNormalization({ ...LocalResponseConfig.parse(config), name }),
  SpatialDropout1D: droppingChannels,
  SpatialDropout2D: droppingChannels,
  SpatialDropout3D: droppingChannels,
  UpSampling1D: (config, name) => new ChangedPlaces({ plan: changeOf.repeating(config), name }),
  UpSampling2D: (config, name) =>
    config['interpolation'] === 'bilinear'
      ? new BlendedPictures({ ...BlendingConfig.parse(config), name })
      : new ChangedPlaces({ plan: changeOf.repeating(config), name }),
  UpSampling3D: (config, name) => new ChangedPlaces({ plan: changeOf.repeating(config), name }),
  ZeroPadding1D: (config, name) => new ChangedPlaces({ plan: changeOf.padding(config), name }),
  ZeroPadding3D: (config, name) => new ChangedPlaces({ plan: changeOf.padding(config), name }),
}

function droppingChannels(config: ConfigDict, name: string, seed: number): Layer {
  return new SeededDropout({ ...RateConfig.parse(config), wholeChannels: true, name, seed })
}

/** Classes of ours that draw first weights. */
const drawing = [
  GeneralConvolution,
  DepthwiseConvolution,
  SeparableConvolution,
  TransposedConvolution,
  LocallyConnected,
  NumberEmbedding,
] as const
tf.serialization.registerClass(FastOrthogonal)
for (const one of drawing) tf.serialization.registerClass(one)

/** Classes of ours that draw first weights as tfjs's do, for those of tfjs's that lack or spoil something in training. */
const stronger: Readonly<Record<string, string>> = {
  DepthwiseConv1D: DepthwiseConvolution.className,
  DepthwiseConv2D: DepthwiseConvolution.className,
  SeparableConv1D: SeparableConvolution.className,
  SeparableConv2D: SeparableConvolution.className,
  Conv1DTranspose: TransposedConvolution.className,
  Conv2DTranspose: TransposedConvolution.className,
  Conv3DTranspose: TransposedConvolution.className,
  Embedding: NumberEmbedding.className,
  LocallyConnected1D: LocallyConnected.className,
  LocallyConnected2D: LocallyConnected.className,
}

/** Keras classes that tfjs refuses where Keras does not, with a class that does the same there. */
const substitutes: Readonly<Record<string, (plan: LayerPlan) => TfjsLayer | undefined>> = {
  // A row is flat already; tfjs's Flatten wants more axes.
  Flatten: ({ ranks: [rank] }) =>
    rank === 2 ? { className: 'Activation', config: { activation: 'linear' } } : undefined,
}

/** A layer of tfjs's, or of the class of ours that trains what the config asks for where tfjs's own cannot. */
function trainable(tfjs: TfjsLayer, plain: boolean): TfjsLayer {
  if (plain) return tfjs
  const general = 'groups' in tfjs.config || 'dilationRate' in tfjs.config
  const own = stronger[tfjs.className]
  const className = own ?? (general ? GeneralConvolution.className : tfjs.className)
  // What stands in front of a class in the frameworks, ours does itself.
  const whole = (own === undefined ? [] : (tfjs.before ?? [])).reduce(
    (all, { config }) => ({ ...config, ...all }),
    tfjs.config,
  )
  return { ...tfjs, className, config: whole }
}

/** A tfjs layer as a kind describes it, with first weights and noise of its own seeds. */
export function makeLayer(plan: LayerPlan): Layer {
  const { name, position, weights, plain } = plan
  const tfjs = trainable(substitutes[plan.tfjs.className]?.(plan) ?? plan.tfjs, plain)
  const inner = layerWithin(tfjs)
  const wrap = inner && wrappers[tfjs.className]
  if (wrap) return wrap({ ...plan, tfjs }, inner)
  const config = { ...plainCopy(tfjs.config), name }
  const seed = typeof weights === 'object' ? weights.seed : 0
  const replacement = plain ? undefined : replacements[tfjs.className]
  if (replacement) return replacement(config, name, deriveSeed(seed, 'noise', position))
  if (weights === 'own') return construct(tfjs.className, config)
  const described = construct(tfjs.className, config).getConfig()
  const initializers = Object.entries(described).flatMap(([key, value]) => {
    if (!key.endsWith('Initializer')) return []
    if (weights === 'zeros') return [[key, { className: 'Zeros', config: {} }]]
    const initializer = key in config ? asWideAsInKeras(value, plain) : asInKeras(value)
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
  // No kind has constraints, but tfjs 4.22 describes the penalty of a depthwise kernel as one, and cannot open that again.
  const described = layer.getConfig.bind(layer)
  layer.getConfig = () =>
    Object.fromEntries(Object.entries(described()).filter(([name]) => !name.endsWith('Constraint')))
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

/** The spread of a normal distribution that is cut at two standard deviations, in those of the whole one. */
const cutSpread = 0.87962566103423978

/** tfjs cuts a normal distribution and leaves it too narrow; Keras widens it before, to the variance that was asked for. */
function asWideAsInKeras(value: unknown, plain: boolean): unknown {
  const parsed = Initializer.safeParse(value)
  if (plain || !parsed.success || parsed.data.config['distribution'] !== 'normal') return value
  const scale = z.number().parse(parsed.data.config['scale']) / cutSpread ** 2
  return { ...parsed.data, config: { ...parsed.data.config, scale } }
}

/** An initializer's description with a seed, where it draws random numbers at all. */
function withSeed(value: unknown, seed: number): unknown {
  const parsed = Initializer.safeParse(value)
  if (!parsed.success || !('seed' in parsed.data.config)) return value
  return { ...parsed.data, config: { ...parsed.data.config, seed } }
}
