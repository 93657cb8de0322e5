import { defaultOf, inKeras3 } from '../code/defaults'

export type Config = Readonly<Record<string, unknown>>

/** A layer's class and settings in one form, however they were written. */
export interface PlainLayer {
  readonly className: string
  readonly config: Config
}

/** Settings that say nothing about what a layer computes. */
const silent = new Set([
  'name',
  'dtype',
  'seed',
  'batch_input_shape',
  'batch_shape',
  'input_dtype',
  'implementation',
  'fused',
  'supports_masking',
  'input_spec',
])

/** Settings that kinds here do not have, with the values that mean what the kinds do anyway. */
const neutral: Readonly<Record<string, readonly unknown[]>> = {
  data_format: ['channels_last'],
  keepdims: [false],
  keep_dims: [false],
  trainable: [true],
  synchronized: [false],
  sparse: [false],
  ragged: [false],
  stateful: [false],
  negative_slope: [0],
  threshold: [0],
  return_state: [false],
  go_backwards: [false],
  dropout: [0],
  recurrent_dropout: [0],
  renorm: [false],
  normalize: [false],
  mask_zero: [false],
  rms_scaling: [false],
  unit_forget_bias: [true],
  time_major: [false],
  unroll: [false],
  // Nothing here hides places.
  zero_output_for_mask: [false, true],
  beta_initializer: ['zeros'],
  gamma_initializer: ['ones'],
  moving_mean_initializer: ['zeros'],
  moving_variance_initializer: ['ones'],
  embeddings_initializer: ['uniform', 'random_uniform'],
  recurrent_initializer: ['orthogonal'],
  recurrent_activation: ['sigmoid'],
}

/** Classes that are another class with certain settings. */
const aliases: Readonly<Record<string, (config: Config) => PlainLayer | undefined>> = {
  ReLU: ({ max_value, negative_slope, threshold }) =>
    (max_value ?? null) === null && !negative_slope && !threshold ? activation('relu') : undefined,
  Softmax: ({ axis }) => (axis === undefined || axis === -1 ? activation('softmax') : undefined),
  ELU: ({ alpha }) => (alpha === undefined || alpha === 1 ? activation('elu') : undefined),
  // The class that generated TypeScript has for tfjs's lack of groups.
  GroupedConvolution: (config) => {
    const axes = Array.isArray(config['kernel_size']) ? config['kernel_size'].length : 2
    return { className: `Conv${axes}D`, config }
  },
  DilatedDepthwiseConvolution: (config) => ({ className: 'DepthwiseConv2D', config }),
  DilatedTransposedConvolution: (config) => ({ className: 'Conv2DTranspose', config }),
  TransposedConvolution3D: (config) => ({ className: 'Conv3DTranspose', config }),
  BlendedUpSampling2D: (config) => ({ className: 'UpSampling2D', config }),
  StretchedELU: (config) => ({ className: 'ELU', config }),
}

function activation(name: string): PlainLayer {
  return { className: 'Activation', config: { activation: name } }
}

/** The layer in Keras's present words: other names for the same thing are put into one. */
export function plainLayer(className: string, given: Config): PlainLayer {
  const { config: renamed } = inKeras3({ className, config: given })
  const config = Object.fromEntries(Object.entries(renamed).map(([key, value]) => [key, plainValue(key, value)]))
  return { className, config }
}

/** The same layer by another class, if there is one that does the same. */
export function aliasOf({ className, config }: PlainLayer): PlainLayer | undefined {
  return Object.hasOwn(aliases, className) ? aliases[className]?.(config) : undefined
}

function plainValue(key: string, value: unknown): unknown {
  if (key.endsWith('initializer')) return plainInitializer(value)
  if (key.endsWith('regularizer')) return plainRegularizer(value)
  if (key === 'activation') return plainActivation(value)
  return value
}

function plainActivation(value: unknown): unknown {
  const name = objectOf(value)?.config ?? value
  return name === null || name === undefined ? 'linear' : name === 'swish' ? 'silu' : name
}

/** Initializers by name; those that scale a variance have names for the usual scales (Glorot, He, LeCun). */
const scaled: Readonly<Record<string, string>> = {
  'fan_avg 1 uniform': 'glorot_uniform',
  'fan_avg 1 normal': 'glorot_normal',
  'fan_in 2 uniform': 'he_uniform',
  'fan_in 2 normal': 'he_normal',
  'fan_in 1 uniform': 'lecun_uniform',
  'fan_in 1 normal': 'lecun_normal',
}

function plainInitializer(value: unknown): unknown {
  const object = objectOf(value)
  if (!object) return typeof value === 'string' ? snake(value) : value
  const given: Config = typeof object.config === 'object' ? { ...object.config } : {}
  const config = without(given, 'seed', 'dtype')
  const { mode, scale, distribution } = { mode: '', scale: 0, distribution: '', ...config }
  const spread = String(distribution).replace(/^(un)?truncated_/, '')
  if (object.className === 'VarianceScaling')
    return scaled[`${mode} ${scale} ${spread}`] ?? { class_name: object.className, config }
  const usual = spreads[object.className] ?? {}
  return same(config, usual) || Object.keys(config).length === 0
    ? snake(object.className)
    : { class_name: object.className, config }
}

/** Settings but for some of them. */
export function without(config: Config, ...names: readonly string[]): Config {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !names.includes(name)))
}

/** What initializers do where nobody chose. */
const spreads: Readonly<Record<string, Config>> = {
  RandomNormal: { mean: 0, stddev: 0.05 },
  TruncatedNormal: { mean: 0, stddev: 0.05 },
  RandomUniform: { minval: -0.05, maxval: 0.05 },
  Orthogonal: { gain: 1 },
}

function plainRegularizer(value: unknown): unknown {
  const object = objectOf(value)
  const config = typeof object?.config === 'object' ? { ...object.config } : {}
  const { l1, l2 } = { l1: 0, l2: 0, ...config }
  const shrunk = { l1: Number(l1), l2: Number(l2) }
  return (value ?? null) === null || (object && /^L1L2$|^L[12]$/i.test(object.className)) ? shrunk : value
}

function objectOf(value: unknown): { className: string; config: unknown } | undefined {
  if (typeof value !== 'object' || value === null || !('class_name' in value)) return undefined
  const config: unknown = 'config' in value ? value.config : {}
  return typeof value.class_name === 'string' ? { className: value.class_name, config } : undefined
}

function snake(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
  // One name in Keras, two words in tfjs.
  return words.replace('le_cun', 'lecun')
}

/** A setting in which a layer differs from what a kind can be. */
export interface Difference {
  readonly setting: string
  readonly value: string
}

/** Where a layer's settings differ from those that a kind would write; what says the same, and defaults, do not. */
export function differences(given: PlainLayer, made: PlainLayer): Difference[] {
  const keys = new Set([...Object.keys(given.config), ...Object.keys(made.config)])
  return [...keys].flatMap((key) => {
    if (silent.has(key)) return []
    if (nestedKeys.has(key)) return nestedDifferences(key, given.config[key], made.config[key])
    if (key === 'backward_layer')
      return sameBackwards(given.config[key], made.config['layer']) ? [] : [difference(key, '')]
    const value = filledIn(given, key)
    if (Object.hasOwn(made.config, key)) return same(value, made.config[key]) ? [] : [difference(key, value)]
    const usual = plainValue(key, defaultOf(made.className, key, made.config))
    if ((value ?? null) === null || same(value, usual)) return []
    return isNeutral(key, value) ? [] : [difference(key, value)]
  })
}

/** Settings that hold layers: within a wrapper, and in front of a layer and behind it (pieces.ts). */
const nestedKeys: ReadonlySet<string> = new Set(['layer', 'before', 'after'])

function layersIn(value: unknown): PlainLayer[] {
  const one: unknown[] = Array.isArray(value) ? value : [value]
  return one.flatMap((layer) => {
    const object = objectOf(layer)
    const config = typeof object?.config === 'object' ? { ...object.config } : {}
    return object ? [plainLayer(object.className, config)] : []
  })
}

/** A layer of another class differs in all that it says, so that it counts for more than any other settings. */
function nestedDifferences(key: string, given: unknown, made: unknown): Difference[] {
  const [ours, theirs] = [layersIn(made), layersIn(given)]
  return Array.from({ length: Math.max(ours.length, theirs.length) }, (_unused, n): Difference[] => {
    const [one, other] = [theirs[n], ours[n]]
    const known = one && other && one.className !== other.className ? (aliasOf(one) ?? one) : one
    if (known && known.className === other?.className) return differences(known, other)
    const whole = { setting: key, value: one?.className ?? '' }
    return [whole, ...Object.keys(one?.config ?? {}).map(() => whole)]
  }).flat()
}

/** Whether Keras's second layer of two directions is the first one the other way round. */
function sameBackwards(given: unknown, made: unknown): boolean {
  const [backward, forward] = [layersIn(given)[0], layersIn(made)[0]]
  if (!backward || !forward) return (given ?? null) === null
  const turned = { ...forward, config: { ...forward.config, go_backwards: forward.config['go_backwards'] !== true } }
  return backward.className === forward.className && differences(backward, turned).length === 0
}

/** A layer's value of a setting, or what stands for it where it is not given. */
export function filledIn({ className, config }: PlainLayer, key: string): unknown {
  const value = config[key]
  return (value ?? null) === null ? plainValue(key, defaultOf(className, key, config)) : value
}

function isNeutral(key: string, value: unknown): boolean {
  // tfjs draws first weights in its own way where nobody chose another.
  if (/^(kernel|depthwise|pointwise)_initializer$/.test(key) && value === 'glorot_normal') return true
  if (key.endsWith('regularizer')) return same(value, { l1: 0, l2: 0 })
  return Object.hasOwn(neutral, key) && (neutral[key] ?? []).some((one) => same(value, one))
}

function difference(setting: string, value: unknown): Difference {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return { setting, value: text.length > 60 ? `${text.slice(0, 59)}…` : text }
}

/** Whether two values of a setting say the same: one number may stand for a number per axis. */
export function same(one: unknown, other: unknown, depth = 0): boolean {
  if (depth > 8) return false
  if (typeof one === 'number' && typeof other === 'number')
    return one === other || Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other))
  if (Array.isArray(one) || Array.isArray(other)) {
    const [left, right] = [one, other].map((value, at) => spread(value, at === 0 ? other : one))
    return left?.length === right?.length && (left ?? []).every((value, at) => same(value, right?.[at], depth + 1))
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))]
  return left.size === right.size && [...left].every(([key, value]) => same(value, right.get(key), depth + 1))
}

function spread(value: unknown, like: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return Array.isArray(like) ? like.map(() => value) : [value]
}
