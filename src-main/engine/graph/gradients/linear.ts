import { first, input, type GradientRule } from './define'
import { unbroadcast } from './elementwise'

const yes = { bool: true } as const

export const linearGradients: Readonly<Record<string, GradientRule>> = {
  /**
   * An addition that repeats the bias over all axes but the last. TensorFlow's own BiasAddGrad is no good here: in bfloat16
   * it adds up in bfloat16, and beside a convolution's gradient it is merged into oneDNN's kernel for that, which then
   * takes up to two thirds longer (TensorFlow 2.21).
   */
  BiasAdd: (context) => {
    const gradient = first(context)
    // The gradient has the value's shape. Asked for its own, the value could not be merged with the convolution before it.
    return [gradient, unbroadcast(context.graph, gradient, input(context, 1), gradient, 0)]
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
