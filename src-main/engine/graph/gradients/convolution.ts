import type { Attributes, GraphValue } from '@shared/graph/value'
import type { Graph } from '../graph'
import { first, input, type GradientContext, type GradientRule } from './define'

function sizes(graph: Graph, value: GraphValue): GraphValue {
  return graph.op('Shape', [value], { T: { type: value.dtype }, out_type: { type: 'int32' } }, { dtype: 'int32' })
}

/** A convolution's gradients by TensorFlow's own kernels, which take the forward operation's attributes. */
function convolution(byInput: string, byFilter: string): GradientRule {
  return (context: GradientContext) => {
    const { graph, node } = context
    const [x, filter, gradient] = [input(context, 0), input(context, 1), first(context)]
    const attributes: Attributes = { ...node.attributes, T: { type: gradient.dtype } }
    const { dtype } = gradient
    return [
      graph.op(byInput, [sizes(graph, x), filter, gradient], attributes, { dtype }),
      graph.op(byFilter, [x, sizes(graph, filter), gradient], attributes, { dtype }),
    ]
  }
}

export const convolutionGradients: Readonly<Record<string, GradientRule>> = {
  Conv2D: convolution('Conv2DBackpropInput', 'Conv2DBackpropFilter'),
  Conv3D: convolution('Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'),
}
