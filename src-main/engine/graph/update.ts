import type { UpdateBuilder } from '@shared/graph/update'
import type { GraphValue } from '@shared/graph/value'
import type { Values } from '@shared/network/document'
import type { OptimizerKind } from '@shared/training/define'
import type { Graph } from './graph'
import type { WeightRead } from './lowering'
import type { Variables } from './variables'

export interface UpdateOptions {
  readonly reads: readonly WeightRead[]
  /** The loss's gradient by each read, in their order. */
  readonly gradients: readonly GraphValue[]
  readonly learningRate: GraphValue
  /** Operations without which nothing may be moved. */
  readonly after: readonly string[]
}

/** Adds an optimizer's updates of all weights; the names of the operations that must run in a step. */
export function addUpdates(
  graph: Graph,
  variables: Variables,
  optimizer: OptimizerKind,
  values: Values,
  { reads, gradients, learningRate, after }: UpdateOptions,
): string[] {
  const { lower } = optimizer
  if (!lower) throw new Error(`${optimizer.kind} has no compiled form`)
  const powers = new Map<string, { value: GraphValue; base: number }>()

  function power(name: string, base: number): GraphValue {
    const known = powers.get(name)
    if (known) return known.value
    const state = variables.other(`power/${name}`, [], base)
    const value = variables.read(state)
    powers.set(name, { value, base })
    return value
  }

  const updates = reads.flatMap(({ weight }, index) => {
    const gradient = gradients[index]
    if (!gradient) return []
    const builder: UpdateBuilder = {
      variable: weight.handle,
      gradient: graph.cast(gradient, 'float32'),
      learningRate,
      op: (type, inputs, attributes = {}) =>
        isUpdate(type)
          ? graph.op(type, inputs, { T: { type: 'float32' }, ...attributes }, { after })
          : graph.op(type, inputs, attributes),
      scalar: (value) => graph.scalar(value),
      slot: (name) => variables.other(`slot/${weight.name}/${name}`, weight.shape, 0).handle,
      power,
    }
    return [lower(builder, values).node]
  })

  const products = [...powers].map(([name, { value, base }]) => {
    const next = graph.op('Mul', [value, graph.scalar(base)])
    return variables.assign(variables.other(`power/${name}`, [], base), next, updates)
  })
  return [...updates, ...products]
}

/** TensorFlow names the operations that change a variable by gradients `ResourceApply…`. */
function isUpdate(type: string): boolean {
  return type.startsWith('ResourceApply')
}
