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
  /** The same for each of a batch, of `a · b` or `a · bᵀ` (`adj_y`). */
  BatchMatMulV2: (context) => {
    const { graph, node } = context
    const [a, b, gradient] = [input(context, 0), input(context, 1), first(context)]
    const { adj_x: left, adj_y: right } = node.attributes
    if (left && 'bool' in left && left.bool)
      throw new Error(`${node.type} ${node.name} must not transpose its first input.`)
    if (right && 'bool' in right && right.bool)
      return [graph.op(node.type, [gradient, b]), graph.op(node.type, [gradient, a], { adj_x: yes })]
    return [graph.op(node.type, [gradient, b], { adj_y: yes }), graph.op(node.type, [a, gradient], { adj_x: yes })]
  },
}
