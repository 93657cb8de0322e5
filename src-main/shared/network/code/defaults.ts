/** What Keras and TensorFlow.js take where a setting is not given, by Keras's name of the setting. */
const byName: Readonly<Record<string, unknown>> = {
  activation: 'linear',
  use_bias: true,
  padding: 'valid',
  strides: 1,
  dilation_rate: 1,
  depth_multiplier: 1,
  groups: 1,
  momentum: 0.99,
  epsilon: 0.001,
  center: true,
  scale: true,
  axis: -1,
  kernel_initializer: 'glorot_uniform',
  depthwise_initializer: 'glorot_uniform',
  pointwise_initializer: 'glorot_uniform',
  bias_initializer: 'zeros',
  kernel_regularizer: null,
  depthwise_regularizer: null,
  pointwise_regularizer: null,
  bias_regularizer: null,
  interpolation: 'nearest',
  return_sequences: false,
  go_backwards: false,
  recurrent_activation: 'sigmoid',
}

/** Classes in which a setting has another default, or (undefined) none. */
const byClass: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Activation: { activation: undefined },
  Bidirectional: { merge_mode: 'concat' },
  Dot: { axes: undefined },
  LSTM: { activation: 'tanh' },
  GRU: { activation: 'tanh' },
  SimpleRNN: { activation: 'tanh' },
}

/** Settings that Keras 3 calls otherwise than tfjs and Keras 2 do. */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  LeakyReLU: { alpha: 'negative_slope' },
}

/** A layer with its settings by Keras 3's names. */
export function inKeras3<T extends { readonly className: string; readonly config: Config }>(layer: T): T {
  const names = Object.hasOwn(renamed, layer.className) ? renamed[layer.className] : undefined
  if (!names) return layer
  const config = Object.entries(layer.config).map(([key, value]) => [names[key] ?? key, value])
  return { ...layer, config: Object.fromEntries(config) }
}

type Config = Readonly<Record<string, unknown>>

/** What a layer of a class takes for a setting that is not given; undefined where it has to be given. */
export function defaultOf(className: string, name: string, config: Config = {}): unknown {
  const own = byClass[className]
  if (own && Object.hasOwn(own, name)) return own[name]
  // Pooling moves by its window.
  if (name === 'strides' && config['pool_size'] !== undefined) return config['pool_size']
  return Object.hasOwn(byName, name) ? byName[name] : undefined
}

/** Whether a value is what stands for a setting anyway. */
export function isDefault(className: string, name: string, config: Config): boolean {
  const usual = defaultOf(className, name, config)
  const value = config[name]
  if (usual === undefined) return false
  if (Array.isArray(value) && !Array.isArray(usual)) return value.length > 0 && value.every((one) => one === usual)
  return JSON.stringify(value) === JSON.stringify(usual)
}
