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

export const poolingGradients: Readonly<Record<string, GradientRule>> = {
  MaxPool: maximum('MaxPoolGrad'),
  MaxPool3D: maximum('MaxPool3DGrad'),
  AvgPool: average('AvgPoolGrad'),
  AvgPool3D: average('AvgPool3DGrad'),
}
