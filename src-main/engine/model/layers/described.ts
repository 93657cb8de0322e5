import { z } from 'zod'
import { tf, type ConfigDict, type Layer } from '../../tf'

/** An initializer or a regularizer in a layer's config: its Keras class and that one's config. */
export const Described = z.union([
  z.object({ className: z.string(), config: z.record(z.string(), z.unknown()) }),
  // By its name alone: heNormal is the class HeNormal.
  z.string().transform((name) => ({ className: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, config: {} })),
])
export type Described = z.output<typeof Described>

export type Initializer = ReturnType<typeof tf.initializers.zeros>
export type Regularizer = ReturnType<typeof tf.regularizers.l1l2>
export type LayerVariable = Layer['weights'][number]

function make({ className, config }: Described): object {
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[className]
  if (!entry) throw new Error(`tfjs has no class ${className}`)
  const [ownClass, fromConfig] = entry
  // tfjs takes an option that is null for one that was chosen.
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null && value !== undefined))
  return fromConfig(ownClass, plainCopy(given))
}

function applies(made: object): made is Initializer & Regularizer {
  return 'apply' in made && typeof made.apply === 'function'
}

/** What draws first weights as described. */
export function makeInitializer(described: Described): Initializer {
  const made = make(described)
  if (!applies(made)) throw new Error(`tfjs's ${described.className} is no initializer`)
  return made
}

/** What a weight adds to the loss as described. */
export function makeRegularizer(described: Described): Regularizer {
  const made = make(described)
  if (!applies(made)) throw new Error(`tfjs's ${described.className} is no regularizer`)
  return made
}

/** An initializer as a config holds it; the key of a seed is there wherever random numbers are drawn. */
export function describeInitializer(initializer: Initializer): Described {
  return { className: initializer.getClassName(), config: initializer.getConfig() }
}

/** A copy of plain values, which is what tfjs calls a config. */
export function plainCopy(values: Readonly<Record<string, unknown>>): ConfigDict {
  return JSON.parse(JSON.stringify(values))
}
