import { z } from 'zod'
import type { Value, Values } from '../network/document'

interface Base<T extends Value> {
  readonly initial: T
  readonly schema: z.ZodType<T>
  /** Shown only when this holds for the layer's other values. */
  readonly showWhen?: (values: Values) => boolean
}

/**
 * One setting of a layer, an optimizer and the like. The `control` says which widget edits it; label and help stand in
 * the message files under `<area>.<kind>.params.<name>.{label,help}`.
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
  | (Base<number[]> & { readonly control: 'size'; readonly min: number; readonly max: number; readonly axes: number })

export type Params = Readonly<Record<string, Param>>

interface Common {
  readonly showWhen?: (values: Values) => boolean
}

function common({ showWhen }: Common): Common {
  return showWhen ? { showWhen } : {}
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

/** One of a list of words; their texts stand in the message files under `params.<name>.options.<word>`. */
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

/** One whole number per axis, as a window's `[height, width]`. */
export function size(options: Common & { initial: number[]; min: number; max: number }) {
  const { initial, min, max } = options
  const schema = z.array(z.int().min(min).max(max)).length(initial.length)
  return { control: 'size' as const, initial, min, max, axes: initial.length, schema, ...common(options) }
}

/** The values that a table of parameters describes. */
export type ValuesOf<P extends Params> = { readonly [K in keyof P]: z.output<P[K]['schema']> }

/** A parameter table's first values, as a new node gets them. */
export function initialValues(params: Params): Record<string, Value> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.initial]))
}

export interface ParamIssue {
  readonly param: string
  readonly detail: string
}

/** Every value that its parameter does not allow; a missing value counts as its initial one. */
export function paramIssues(params: Params, values: Values): ParamIssue[] {
  return Object.entries(params).flatMap(([param, { schema, initial }]) => {
    const parsed = schema.safeParse(values[param] ?? initial)
    return parsed.success ? [] : [{ param, detail: parsed.error.issues[0]?.message ?? '' }]
  })
}
