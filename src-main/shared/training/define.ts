import type { UpdateBuilder } from '../graph/update'
import type { GraphValue } from '../graph/value'
import type { Values } from '../network/document'
import type { Params, ValuesOf } from '../layers/params'
import { completeValues } from '../layers/params'

/** A rule that updates weights, declared in one file of `optimizers/`. Texts: `train.optimizers.<kind>`. */
export interface OptimizerKind {
  readonly kind: string
  readonly params: Params
  /** The values with missing or wrong ones replaced by the initial ones. */
  readonly complete: (values: Values) => Values
  /** The eager form: a factory of `tf.train` and its arguments in order. */
  readonly tfjs: (values: Values) => { readonly factory: string; readonly args: readonly (number | boolean)[] }
  /** The compiled form: the operation that changes one weight. */
  readonly lower?: (graph: UpdateBuilder, values: Values) => GraphValue
}

/** Declares an optimizer. Every one has a `learningRate` among its parameters. */
export function defineOptimizer<const P extends Params & { learningRate: Params[string] }>(definition: {
  readonly kind: string
  readonly params: P
  readonly tfjs: (values: ValuesOf<P>) => { readonly factory: string; readonly args: readonly (number | boolean)[] }
  readonly lower?: (graph: UpdateBuilder, values: ValuesOf<P>) => GraphValue
}): OptimizerKind {
  const own = definition as unknown as Omit<OptimizerKind, 'complete'>
  const { kind, params, lower } = own
  const complete = (values: Values): Values => completeValues(params, values)
  return {
    kind,
    params,
    complete,
    tfjs: (values) => own.tfjs(complete(values)),
    ...(lower ? { lower: (graph: UpdateBuilder, values: Values) => lower(graph, complete(values)) } : {}),
  }
}
