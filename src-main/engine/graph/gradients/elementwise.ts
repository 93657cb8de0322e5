import type { GraphValue } from '@shared/graph/value'
import type { Graph } from '../graph'
import { first, input, type GradientRule } from './define'

/** A rule that hands its gradient and its own output to one of TensorFlow's gradient kernels. */
const byOutput =
  (type: string): GradientRule =>
  (context) => [context.graph.op(type, [first(context), context.output(0)])]

/** The same for kernels that want the gradient second. */
const outputFirst =
  (type: string): GradientRule =>
  (context) => [context.graph.op(type, [context.output(0), first(context)])]

const byInput =
  (type: string): GradientRule =>
  (context) => [context.graph.op(type, [first(context), input(context, 0)], context.node.attributes)]

/** Sums a gradient over the axes along which an operand was repeated, so that it has the operand's shape again. */
export function unbroadcast(
  graph: Graph,
  gradient: GraphValue,
  one: GraphValue,
  other: GraphValue,
  index: 0 | 1,
): GraphValue {
  const [shape, otherShape] = [graph.shapeOf(one), graph.shapeOf(other)]
  const pair = index === 0 ? [shape, otherShape] : [otherShape, shape]
  const repeated = graph.op('BroadcastGradientArgs', pair, { T: { type: 'int32' } }, { dtype: 'int32' })
  const axes = { ...repeated, output: index }
  const sum = graph.op('Sum', [gradient, axes], { Tidx: { type: 'int32' } })
  return graph.op('Reshape', [sum, shape], { Tshape: { type: 'int32' } })
}

export const elementwiseGradients: Readonly<Record<string, GradientRule>> = {
  Relu: byOutput('ReluGrad'),
  Relu6: byOutput('Relu6Grad'),
  Elu: byOutput('EluGrad'),
  Selu: byOutput('SeluGrad'),
  /**
   * By its output, which has its input's sign where the slope is not negative. Read by its gradient, the input could not
   * be merged with the convolution before it: TensorFlow 2.21's remapper tries, fails, and leaves the whole graph as it is.
   */
  LeakyRelu: (context) => {
    const { alpha } = context.node.attributes
    const falling = alpha && 'float' in alpha && alpha.float < 0
    const signed = falling ? input(context, 0) : context.output(0)
    return [context.graph.op('LeakyReluGrad', [first(context), signed], context.node.attributes)]
  },
  Softplus: byInput('SoftplusGrad'),
  Sigmoid: outputFirst('SigmoidGrad'),
  Tanh: outputFirst('TanhGrad'),
  Identity: (context) => [first(context)],
  StopGradient: () => [undefined],
  Neg: (context) => [context.graph.op('Neg', [first(context)])],
  Exp: (context) => [context.graph.op('Mul', [first(context), context.output(0)])],
  Rsqrt: outputFirst('RsqrtGrad'),
  /** 2 / √π · exp(−x²). */
  Erf: (context) => {
    const { graph } = context
    const x = input(context, 0)
    const bell = graph.op('Exp', [graph.op('Neg', [graph.op('Square', [x])])])
    const slope = graph.op('Mul', [bell, graph.cast(graph.scalar(2 / Math.sqrt(Math.PI)), x.dtype)])
    return [graph.op('Mul', [first(context), slope])]
  },
  /** Half the sum of squares. */
  L2Loss: (context) => [context.graph.op('Mul', [input(context, 0), first(context)])],
  Abs: (context) => [context.graph.op('Mul', [first(context), context.graph.op('Sign', [input(context, 0)])])],
  AddN: (context) => context.node.inputs.map(() => first(context)),
  AddV2: (context) => {
    const [one, other, gradient] = [input(context, 0), input(context, 1), first(context)]
    return [unbroadcast(context.graph, gradient, one, other, 0), unbroadcast(context.graph, gradient, other, one, 1)]
  },
  Sub: (context) => {
    const { graph } = context
    const [one, other, gradient] = [input(context, 0), input(context, 1), first(context)]
    return [unbroadcast(graph, gradient, one, other, 0), unbroadcast(graph, graph.op('Neg', [gradient]), other, one, 1)]
  },
  /** To the larger value; to the first where both are equal. */
  Maximum: (context) => {
    const { graph } = context
    const [one, other, gradient] = [input(context, 0), input(context, 1), first(context)]
    const wins = graph.cast(graph.op('GreaterEqual', [one, other], {}, { dtype: 'bool' }), gradient.dtype)
    const kept = graph.op('Mul', [gradient, wins])
    return [
      unbroadcast(graph, kept, one, other, 0),
      unbroadcast(graph, graph.op('Sub', [gradient, kept]), other, one, 1),
    ]
  },
  Mul: (context) => {
    const { graph } = context
    const [one, other, gradient] = [input(context, 0), input(context, 1), first(context)]
    return [
      unbroadcast(graph, graph.op('Mul', [gradient, other]), one, other, 0),
      unbroadcast(graph, graph.op('Mul', [gradient, one]), other, one, 1),
    ]
  },
  Cast: (context) => [context.graph.cast(first(context), input(context, 0).dtype)],
  /** Along the last axis: y · (g − Σ g·y). */
  Softmax: (context) => {
    const { graph } = context
    const [y, gradient] = [context.output(0), first(context)]
    const last = graph.constant({ dtype: 'int32', shape: [1], values: [-1] })
    const product = graph.op('Mul', [gradient, y])
    const sum = graph.op('Sum', [product, last], { keep_dims: { bool: true }, Tidx: { type: 'int32' } })
    return [graph.op('Mul', [y, graph.op('Sub', [gradient, sum])])]
  },
}
