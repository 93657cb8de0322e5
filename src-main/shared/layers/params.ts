import { z } from 'zod'
import type { Value, Values } from '../network/document'

export type Axis = 'length' | 'depth' | 'height' | 'width' | 'channels'

interface Base<T extends Value> {
  readonly initial: T
  readonly schema: z.ZodType<T>
  /** Shown only when this holds for the layer's other values. */
  readonly showWhen?: (values: Values) => boolean
  /** Names texts that several kinds share: `layers.common.<texts>` instead of the kind's own. */
  readonly texts?: string
}

/**
 * One setting of a layer, an optimizer and the like. The `control` says which widget edits it; its texts stand in the
 * message files under the key that `paramKey` gives: `label`, `help`, and `options.<word>` for a choice.
 */
export type Param =
  | (Base<number> & {
      readonly control: 'int' | 'real'
      readonly min: number
      readonly max: number
      readonly step: number
      readonly unit?: string
    })
  | (Base<string> & { readonly control: 'choice'; readonly options: readonly string[] })
  | (Base<boolean> & { readonly control: 'toggle' })
  | (Base<number[]> & {
      readonly control: 'size'
      readonly min: number
      readonly max: number
      /** What each number counts along; texts: `layers.common.axes.<axis>`. */
      readonly axes: readonly Axis[]
    })

export type Params = Readonly<Record<string, Param>>

/** Where the texts of a setting stand; `owner` is the kind's own key, as `layers.conv2d`. */
export function paramKey(owner: string, name: string, { texts }: Pick<Param, 'texts'>): string {
  return texts ? `layers.common.${texts}` : `${owner}.params.${name}`
}

interface Common {
  readonly showWhen?: (values: Values) => boolean
  readonly texts?: string
}

function common({ showWhen, texts }: Common): Common {
  return { ...(showWhen ? { showWhen } : {}), ...(texts ? { texts } : {}) }
}

/** A whole number within `min` and `max`. */
export function int(options: Common & { initial: number; min: number; max: number; step?: number; unit?: string }) {
  const { initial, min, max, step = 1, unit } = options
  const schema = z.int().min(min).max(max)
  return { control: 'int' as const, initial, min, max, step, schema, ...(unit ? { unit } : {}), ...common(options) }
}

/** A real number within `min` and `max`. */
export function real(options: Common & { initial: number; min: number; max: number; step: number; unit?: string }) {
  const { initial, min, max, step, unit } = options
  const schema = z.number().min(min).max(max)
  return { control: 'real' as const, initial, min, max, step, schema, ...(unit ? { unit } : {}), ...common(options) }
}

/** One of a list of words. */
export function choice<const T extends string>(options: Common & { initial: NoInfer<T>; options: readonly T[] }) {
  return {
    control: 'choice' as const,
    initial: options.initial,
    options: options.options,
    schema: z.enum(options.options),
    ...common(options),
  }
}

/** On or off. */
export function toggle(options: Common & { initial: boolean }) {
  return { control: 'toggle' as const, initial: options.initial, schema: z.boolean(), ...common(options) }
}

/** One whole number per axis, as a window's height and width. */
export function size(
  options: Common & { initial: number[]; min: number; max: number; axes?: readonly [Axis, ...Axis[]] },
) {
  const { initial, min, max, axes = ['height', 'width'] } = options
  const schema = z.array(z.int().min(min).max(max)).length(axes.length)
  return { control: 'size' as const, initial, min, max, axes, schema, ...common(options) }
}

/** The values that a table of parameters describes. */
export type ValuesOf<P extends Params> = { readonly [K in keyof P]: z.output<P[K]['schema']> }

/** A parameter table's first values, as a new node gets them. */
export function initialValues(params: Params): Record<string, Value> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.initial]))
}

/** Values are immutable, and asked for again and again while a network is drawn: each is completed once. */
const completed = new WeakMap<Params, WeakMap<Values, Values>>()

/** The values that a table describes, each missing or wrong one replaced by its parameter's first value. */
export function completeValues(params: Params, values: Values): Values {
  const known = completed.get(params) ?? new WeakMap<Values, Values>()
  completed.set(params, known)
  const complete = known.get(values) ?? complement(params, values)
  known.set(values, complete)
  return complete
}

function complement(params: Params, values: Values): Values {
  return Object.fromEntries(
    Object.entries(params).map(([name, { schema, initial }]) => {
      const parsed = schema.safeParse(values[name])
      return [name, parsed.success ? parsed.data : initial]
    }),
  )
}

/** A value that its parameter does not allow, with what would be allowed, for `problems.<code>`. */
export interface ParamIssue {
  readonly param: string
  readonly code: 'bad-int' | 'bad-real' | 'bad-choice' | 'bad-toggle' | 'bad-size'
  readonly allowed: Readonly<Record<string, string | number>>
}

/** Every value that its parameter does not allow; a missing value counts as its initial one. */
export function paramIssues(params: Params, values: Values): ParamIssue[] {
  return Object.entries(params).flatMap(([name, param]): ParamIssue[] => {
    if (param.schema.safeParse(values[name] ?? param.initial).success) return []
    return [{ param: name, code: `bad-${param.control}`, allowed: allowedBy(param) }]
  })
}

function allowedBy(param: Param): ParamIssue['allowed'] {
  switch (param.control) {
    case 'int':
    case 'real':
      return { min: param.min, max: param.max }
    case 'size':
      return { min: param.min, max: param.max, axes: param.axes.length }
    case 'choice':
      return { options: param.options.join(', ') }
    case 'toggle':
      return {}
  }
}
