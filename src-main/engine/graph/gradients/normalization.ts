import type { GraphValue } from '@shared/graph/value'
import type { Graph } from '../graph'
import { first, input, type GradientContext, type GradientRule } from './define'

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
  /**
   * With s = k + α · Σ x² over the neighbours and y = x · s^-β: g · s^-β − 2αβ · x · Σ (g · y / s). Both sums are products
   * with a matrix that is 1 near its diagonal. TensorFlow's own `LRNGrad` is slow on a CPU: forward and backward together
   * took 115 to 163 ms with it and 39 to 70 ms so ([128,32,32,64] on 2 busy cores of an AMD EPYC).
   */
  LRN: (context) => {
    const { graph } = context
    const [x, y, gradient] = [input(context, 0), context.output(0), first(context)]
    const [alpha, beta, k] = [number(context, 'alpha'), number(context, 'beta'), number(context, 'bias')]
    const near = nearDiagonal(graph, x, number(context, 'depth_radius'))
    const overNeighbours = (value: GraphValue) =>
      graph.op('Conv2D', [value, near], { strides: { ints: [1, 1, 1, 1] }, padding: { text: 'VALID' } })
    const squares = overNeighbours(graph.op('Square', [x]))
    const divisor = graph.op('AddV2', [graph.op('Mul', [squares, graph.scalar(alpha)]), graph.scalar(k)])
    const power = inversePower(graph, divisor, beta)
    const spread = overNeighbours(graph.op('RealDiv', [graph.op('Mul', [gradient, y]), divisor]))
    const back = graph.op('Mul', [graph.op('Mul', [x, spread]), graph.scalar(2 * alpha * beta)])
    return [graph.op('Sub', [graph.op('Mul', [gradient, power]), back])]
  },
}

function number({ node }: GradientContext, name: string): number {
  const attribute = node.attributes[name]
  if (attribute && 'float' in attribute) return attribute.float
  if (attribute && 'int' in attribute) return attribute.int
  throw new Error(`${node.type} ${node.name} has no number ${name}.`)
}

/** As a kernel of 1 × 1: from each channel of `x` to those at most `radius` away from it. */
function nearDiagonal(graph: Graph, x: GraphValue, radius: number): GraphValue {
  const at = (...values: number[]) => graph.constant({ dtype: 'int32', shape: [values.length], values })
  const channels = graph.op('Slice', [graph.shapeOf(x), at(3), at(1)], { Index: { type: 'int32' } })
  const join = (...parts: GraphValue[]) =>
    graph.op('ConcatV2', [...parts, graph.scalar(0, 'int32')], { N: { int: parts.length }, Tidx: { type: 'int32' } })
  const size = join(channels, channels)
  const types = { T: { type: 'float32' }, index_type: { type: 'int32' } } as const
  const ones = graph.op('Fill', [size, graph.scalar(1)], types, { dtype: 'float32' })
  const width = graph.scalar(radius, 'int64')
  const band = graph.op('MatrixBandPart', [ones, width, width], { Tindex: { type: 'int64' } })
  return graph.op('Reshape', [band, join(at(1, 1), size)], { Tshape: { type: 'int32' } })
}

/** value^-exponent; AlexNet's 0.75 by roots, which are quicker than logarithms. */
function inversePower(graph: Graph, value: GraphValue, exponent: number): GraphValue {
  const root = (of: GraphValue) => graph.op('Rsqrt', [of])
  if (exponent === 0.75) return graph.op('Mul', [root(value), root(graph.op('Sqrt', [value]))])
  return graph.op('Exp', [graph.op('Mul', [graph.op('Log', [value]), graph.scalar(-exponent)])])
}
