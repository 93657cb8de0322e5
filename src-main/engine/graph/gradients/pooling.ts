import { first, input, type GradientRule } from './define'

const maximum =
  (type: string): GradientRule =>
  (context) => {
    const gradient = first(context)
    const attributes = { ...context.node.attributes, T: { type: gradient.dtype } } as const
    const extra = type === 'MaxPool3DGrad' ? { TInput: { type: gradient.dtype } } : {}
    return [
      context.graph.op(
        type,
        [input(context, 0), context.output(0), gradient],
        { ...attributes, ...extra },
        { dtype: gradient.dtype },
      ),
    ]
  }

const average =
  (type: string): GradientRule =>
  (context) => {
    const [x, gradient] = [input(context, 0), first(context)]
    const shape = context.graph.shapeOf(x)
    const attributes = { ...context.node.attributes, T: { type: gradient.dtype } } as const
    return [context.graph.op(type, [shape, gradient], attributes, { dtype: gradient.dtype })]
  }

/** Over whole axes: where several values are the largest, they share the gradient evenly (kept axes: `keep_dims`). */
const maximumOfAxes: GradientRule = (context) => {
  const { graph, node } = context
  const keeps = node.attributes['keep_dims']
  if (!keeps || !('bool' in keeps) || !keeps.bool)
    throw new Error(`${node.type} ${node.name} must keep its axes (keep_dims).`)
  const [x, axes, gradient] = [input(context, 0), input(context, 1), first(context)]
  const largest = graph.cast(graph.op('Equal', [x, context.output(0)], {}, { dtype: 'bool' }), x.dtype)
  const count = graph.op('Sum', [largest, axes], { keep_dims: { bool: true }, Tidx: { type: 'int32' } })
  return [graph.op('Mul', [graph.op('RealDiv', [largest, count]), gradient]), undefined]
}

export const poolingGradients: Readonly<Record<string, GradientRule>> = {
  MaxPool: maximum('MaxPoolGrad'),
  MaxPool3D: maximum('MaxPool3DGrad'),
  AvgPool: average('AvgPoolGrad'),
  AvgPool3D: average('AvgPool3DGrad'),
  Max: maximumOfAxes,
}
