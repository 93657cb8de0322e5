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
  /** Of rows looked up by their numbers along the first axis: each row's is the sum of the gradients where it was taken. */
  GatherV2: (context) => {
    const { graph } = context
    const [rows, numbers, gradient] = [input(context, 0), input(context, 1), first(context)]
    const ints = (values: readonly number[]) =>
      graph.constant({ dtype: 'int32', shape: [values.length], values: [...values] })
    const int32 = { type: 'int32' } as const
    const row = graph.op('Reshape', [numbers, ints([-1])], { Tshape: int32 })
    const sizes = graph.shapeOf(rows)
    const count = graph.op('Slice', [sizes, ints([0]), ints([1])], { Index: int32 })
    const size = graph.op('Slice', [sizes, ints([1]), ints([-1])], { Index: int32 })
    const flat = graph.op('ConcatV2', [ints([-1]), size, graph.scalar(0, 'int32')], { N: { int: 2 }, Tidx: int32 })
    const parts = graph.op('Reshape', [gradient, flat], { Tshape: int32 })
    const segments = graph.op('Reshape', [count, ints([])], { Tshape: int32 })
    // Sums of many parts are taken in float32.
    const sum = graph.op('UnsortedSegmentSum', [graph.cast(parts, 'float32'), row, segments], {
      Tindices: int32,
      Tnumsegments: int32,
    })
    return [graph.cast(sum, rows.dtype), undefined, undefined]
  },
  /** Pictures and their new sizes; each gradient goes to the pixels that its pixel was blended of. */
  ResizeBilinear: (context) => {
    const { graph, node } = context
    const pictures = input(context, 0)
    const attributes = { ...node.attributes, T: { type: pictures.dtype } } as const
    return [
      graph.op('ResizeBilinearGrad', [first(context), pictures], attributes, { dtype: pictures.dtype }),
      undefined,
    ]
  },
}
