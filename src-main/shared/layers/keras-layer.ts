import type { Values } from '../network/document'
import type { LayerKind, TfjsLayer } from './define'
import type { Shape } from './shape'

/** A layer as Keras writes it into a model's config, without its name. */
export interface KerasLayer {
  readonly className: string
  readonly config: Readonly<Record<string, unknown>>
}

/**
 * A layer in Keras's own words: the class that the kind names for tfjs, whose names of settings and of their values are
 * Keras's in camel case. Undefined where Keras has no such layer.
 */
export function kerasLayer(kind: LayerKind, values: Values, inputs: readonly Shape[] = []): KerasLayer | undefined {
  const tfjs = kind.tfjs(values, inputs)
  if (tfjs?.ownClass) return undefined
  if (tfjs) return inKeras(tfjs)
  const inference = kind.outShape(values, [])
  return inference.ok ? { className: 'InputLayer', config: { shape: inference.shape } } : undefined
}

/** A description for tfjs in Keras's words, whether Keras has the class or not. */
export function inKeras({ className, config }: TfjsLayer): KerasLayer {
  return { className, config: settingsInKeras(config) }
}

function settingsInKeras(config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [snakeCase(name), valueInKeras(value)]))
}

/** Names of values that Keras does not only write in another case. */
const spelledOtherwise: Readonly<Record<string, string>> = { leCunNormal: 'lecun_normal' }

function valueInKeras(value: unknown): unknown {
  if (typeof value === 'string' && spelledOtherwise[value]) return spelledOtherwise[value]
  if (typeof value === 'string') return /^[a-z]+([A-Z][a-z]*)+$/.test(value) ? snakeCase(value) : value
  if (Array.isArray(value)) return value.map(valueInKeras)
  return typeof value === 'object' && value !== null ? settingsInKeras({ ...value }) : value
}

/** A name of tfjs's, `kernelSize`, as Keras writes it: `kernel_size`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
