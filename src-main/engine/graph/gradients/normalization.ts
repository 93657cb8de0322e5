import { first, input, type GradientRule } from './define'

export const normalizationGradients: Readonly<Record<string, GradientRule>> = {
  /** Training form: the saved batch statistics are outputs 3 to 5 of the forward operation. */
  FusedBatchNormV3: (context) => {
    const { graph, node } = context
    const [x, scale] = [input(context, 0), input(context, 1)]
    const { epsilon, data_format: format, is_training: training } = node.attributes
    const reserved = [3, 4, 5].map((index) => context.output(index, 'float32'))
    const result = graph.op('FusedBatchNormGradV3', [first(context), x, scale, ...reserved], {
      T: { type: x.dtype },
      U: { type: 'float32' },
      ...(epsilon ? { epsilon } : {}),
      ...(format ? { data_format: format } : {}),
      ...(training ? { is_training: training } : {}),
    })
    return [
      result,
      { ...result, output: 1, dtype: 'float32' },
      { ...result, output: 2, dtype: 'float32' },
      undefined,
      undefined,
    ]
  },
  LRN: (context) => [
    context.graph.op('LRNGrad', [first(context), input(context, 0), context.output(0)], context.node.attributes),
  ],
}
