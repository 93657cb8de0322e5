import { first, input, type GradientRule } from './define'

const yes = { bool: true } as const

export const linearGradients: Readonly<Record<string, GradientRule>> = {
  BiasAdd: (context) => {
    const format = context.node.attributes['data_format']
    const sum = context.graph.op('BiasAddGrad', [first(context)], format ? { data_format: format } : {})
    return [first(context), sum]
  },
  /** Of `a · b`, neither of them transposed: `g · bᵀ` and `aᵀ · g`. */
  MatMul: (context) => {
    const { graph } = context
    const [a, b, gradient] = [input(context, 0), input(context, 1), first(context)]
    return [
      graph.op('MatMul', [gradient, b], { transpose_b: yes }),
      graph.op('MatMul', [a, gradient], { transpose_a: yes }),
    ]
  },
}
