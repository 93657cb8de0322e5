import { first, input, type GradientRule } from './define'

/** Rules of operations that only put values into another order or shape. */
export const arrangementGradients: Readonly<Record<string, GradientRule>> = {
  Reshape: (context) => [
    context.graph.op('Reshape', [first(context), context.graph.shapeOf(input(context, 0))], {
      Tshape: { type: 'int32' },
    }),
    undefined,
  ],
  Transpose: (context) => {
    const permutation = input(context, 1)
    const inverse = context.graph.op('InvertPermutation', [permutation], { T: { type: 'int32' } })
    return [context.graph.op('Transpose', [first(context), inverse], { Tperm: { type: 'int32' } }), undefined]
  },
  /** The gradient without the edges, whose sizes `[axes, 2]` are the second input. */
  Pad: (context) => {
    const { graph } = context
    const [value, edges] = [input(context, 0), input(context, 1)]
    const all = graph.constant({ dtype: 'int32', shape: [2], values: [0, 0] })
    const firsts = graph.constant({ dtype: 'int32', shape: [2], values: [-1, 1] })
    const before = graph.op('Slice', [edges, all, firsts], { Index: { type: 'int32' } })
    const flat = graph.constant({ dtype: 'int32', shape: [1], values: [-1] })
    const begin = graph.op('Reshape', [before, flat], { Tshape: { type: 'int32' } })
    return [graph.op('Slice', [first(context), begin, graph.shapeOf(value)], { Index: { type: 'int32' } }), undefined]
  },
  /** The gradient with zeros where the value was cut off: before `begin`, the second input, and behind what was taken. */
  Slice: (context) => {
    const { graph } = context
    const [value, begin, gradient] = [input(context, 0), input(context, 1), first(context)]
    const taken = graph.op('AddV2', [begin, graph.shapeOf(gradient)])
    const behind = graph.op('Sub', [graph.shapeOf(value), taken])
    const edges = graph.op('Pack', [begin, behind], { N: { int: 2 }, axis: { int: 1 } })
    return [graph.op('Pad', [gradient, edges], { Tpaddings: { type: 'int32' } }), undefined, undefined]
  },
  /** The gradient where the values were cut out, and zeros around it. */
  StridedSlice: (context) => {
    const { graph, node } = context
    const gradient = first(context)
    const [value, ...cut] = [0, 1, 2, 3].map((index) => input(context, index))
    const inputs = [graph.shapeOf(value ?? gradient), ...cut, gradient]
    return [graph.op('StridedSliceGrad', inputs, node.attributes, { dtype: gradient.dtype })]
  },
  /** The last input is the axis; the gradient is cut where the inputs were joined. */
  ConcatV2: (context) => {
    const { graph, node } = context
    const parts = node.inputs.slice(0, -1)
    const axis = input(context, node.inputs.length - 1)
    const shapes = parts.map((part) => graph.shapeOf(part))
    const offsets = graph.op('ConcatOffset', [axis, ...shapes], { N: { int: parts.length } }, { dtype: 'int32' })
    const cuts = parts.map((_part, index) => {
      const begin = { ...offsets, output: index }
      const size = shapes[index] ?? begin
      return graph.op('Slice', [first(context), begin, size], { Index: { type: 'int32' } })
    })
    return [...cuts, undefined]
  },
  /** The first input is the axis; parts that lead nowhere bring zeros. */
  Split: (context) => {
    const { graph, node, gradients } = context
    const [axis, { dtype }] = [input(context, 0), input(context, 1)]
    const parts = node.attributes['num_split']
    const count = parts && 'int' in parts ? parts.int : gradients.length
    const joined = Array.from({ length: count }, (_unused, index) => {
      return gradients[index] ?? graph.op('ZerosLike', [context.output(index, dtype)])
    })
    const attributes = { N: { int: count }, Tidx: { type: 'int32' } } as const
    return [undefined, graph.op('ConcatV2', [...joined, axis], attributes)]
  },
  /** The gradient spread evenly over the values that were averaged (kept axes: `keep_dims` must be set). */
  Mean: (context) => {
    const { graph, node } = context
    const keeps = node.attributes['keep_dims']
    if (!keeps || !('bool' in keeps) || !keeps.bool)
      throw new Error(`${node.type} ${node.name} must keep its axes (keep_dims).`)
    const [x, gradient] = [input(context, 0), first(context)]
    const shape = graph.shapeOf(x)
    const spread = graph.op('BroadcastTo', [gradient, shape], { Tidx: { type: 'int32' } })
    const all = graph.op('Size', [x], { out_type: { type: 'int32' } }, { dtype: 'int32' })
    const kept = graph.op('Size', [gradient], { out_type: { type: 'int32' } }, { dtype: 'int32' })
    const count = graph.cast(graph.op('FloorDiv', [all, kept]), x.dtype)
    return [graph.op('RealDiv', [spread, count]), undefined]
  },
}
