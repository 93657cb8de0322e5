import { input, type GradientRule } from './define'

export const lossGradients: Readonly<Record<string, GradientRule>> = {
  /** The forward operation gives the gradient by the logits as its second output, one row per sample. */
  SparseSoftmaxCrossEntropyWithLogits: (context) => {
    const { graph } = context
    const gradient = context.gradients[0]
    if (!gradient) return [undefined, undefined]
    const last = graph.constant({ dtype: 'int32', shape: [], values: [-1] })
    const column = graph.op('ExpandDims', [gradient, last], { Tdim: { type: 'int32' } })
    return [graph.op('Mul', [column, context.output(1, input(context, 0).dtype)]), undefined]
  },
}
