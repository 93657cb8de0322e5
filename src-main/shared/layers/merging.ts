import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'
import { defineLayer, noWeights, type LayerExample, type LayerKind } from './define'
import { fails, gives, shapeText, sizeOf } from './shape'

/** What sets one way of joining equal shapes apart from another: what it makes of the values at one place. */
export interface MergePlan {
  readonly kind: string
  readonly icon: string
  /** The Keras class. */
  readonly className: string
  /** Multiplications for each value that comes out, with so many inputs. */
  readonly products?: (inputs: number) => number
  readonly lower: (graph: GraphBuilder, inputs: readonly GraphValue[]) => GraphValue
  readonly examples: readonly LayerExample<Readonly<Record<never, never>>>[]
}

/** Joins several layers of one shape value by value. */
export function defineMerge({ kind, icon, className, products, lower, examples }: MergePlan): LayerKind {
  return defineLayer({
    kind,
    category: 'merge',
    icon,
    params: {},
    inputs: { min: 2, max: 32, ranks: [] },
    outShape: (_values, inputs) => {
      const [first = [], ...others] = inputs
      const other = others.find((shape) => shapeText(shape) !== shapeText(first))
      return other ? fails('shapes-not-equal', { first: shapeText(first), other: shapeText(other) }) : gives(...first)
    },
    weights: () => noWeights,
    macs: (_values, inputs) => (products?.(inputs.length) ?? 0) * sizeOf(inputs[0] ?? []),
    summary: () => '',
    tfjs: () => ({ className, config: {} }),
    lower: (graph, _values, inputs) => lower(graph, inputs),
    examples,
  })
}

/** One operation for two values, applied to all of them one after another. */
export function lowerInTurn(graph: GraphBuilder, operation: string, inputs: readonly GraphValue[]): GraphValue {
  return inputs.reduce((joined, next) => graph.op(operation, [joined, next]))
}

/** The sum of all values. */
export function lowerSum(graph: GraphBuilder, inputs: readonly GraphValue[]): GraphValue {
  return graph.op('AddN', inputs, { N: { int: inputs.length } })
}
