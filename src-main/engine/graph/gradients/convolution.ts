import type { Attributes } from '@shared/graph/value'
import { first, input, type GradientContext, type GradientRule } from './define'

/** A convolution's gradients by TensorFlow's own kernels, which take the forward operation's attributes. */
function convolution(byInput: string, byFilter: string): GradientRule {
  return (context: GradientContext) => {
    const { graph, node } = context
    const [x, filter, gradient] = [input(context, 0), input(context, 1), first(context)]
    const attributes: Attributes = { ...node.attributes, T: { type: gradient.dtype } }
    const { dtype } = gradient
    return [
      graph.op(byInput, [graph.shapeOf(x), filter, gradient], attributes, { dtype }),
      graph.op(byFilter, [x, graph.shapeOf(filter), gradient], attributes, { dtype }),
    ]
  }
}

/** A transposed convolution (sizes, filter, values): the convolution that it is the gradient of, and that one's filter. */
function transposed(forward: string, byFilter: string): GradientRule {
  return (context: GradientContext) => {
    const { graph, node } = context
    const [filter, values, gradient] = [input(context, 1), input(context, 2), first(context)]
    const { dtype } = gradient
    return [
      undefined,
      graph.op(byFilter, [gradient, graph.shapeOf(filter), values], node.attributes, { dtype }),
      graph.op(forward, [gradient, filter], node.attributes, { dtype }),
    ]
  }
}

export const convolutionGradients: Readonly<Record<string, GradientRule>> = {
  Conv2D: convolution('Conv2DBackpropInput', 'Conv2DBackpropFilter'),
  Conv3D: convolution('Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'),
  DepthwiseConv2dNative: convolution('DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter'),
  Conv2DBackpropInput: transposed('Conv2D', 'Conv2DBackpropFilter'),
  Conv3DBackpropInputV2: transposed('Conv3D', 'Conv3DBackpropFilterV2'),
}
