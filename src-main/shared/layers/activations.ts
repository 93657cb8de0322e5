import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'

/** The activations that a layer can carry itself, by their names in TensorFlow.js and Keras. */
export const activations = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'gelu',
  'swish',
  'mish',
  'sigmoid',
  'tanh',
  'softplus',
  'softmax',
] as const
export type Activation = (typeof activations)[number]

type Lowering = (graph: GraphBuilder, x: GraphValue) => GraphValue

const operation =
  (type: string): Lowering =>
  (graph, x) =>
    graph.op(type, [x])

/** The compiled form of each activation. */
const lowerings: Readonly<Record<Activation, Lowering>> = {
  linear: (_graph, x) => x,
  relu: operation('Relu'),
  relu6: operation('Relu6'),
  elu: operation('Elu'),
  selu: operation('Selu'),
  // x · Φ(x) with the normal distribution's Φ(x) = (1 + erf(x / √2)) / 2 (Hendrycks and Gimpel 2016), not its estimate by tanh.
  gelu: (graph, x) => {
    const erf = graph.op('Erf', [graph.op('Mul', [x, number(graph, x, Math.SQRT1_2)])])
    const doubled = graph.op('AddV2', [erf, number(graph, x, 1)])
    return graph.op('Mul', [graph.op('Mul', [x, number(graph, x, 0.5)]), doubled])
  },
  // Ramachandran, Zoph and Le 2017; also called SiLU.
  swish: (graph, x) => graph.op('Mul', [x, graph.op('Sigmoid', [x])]),
  // Misra 2019.
  mish: (graph, x) => graph.op('Mul', [x, graph.op('Tanh', [graph.op('Softplus', [x])])]),
  sigmoid: operation('Sigmoid'),
  tanh: operation('Tanh'),
  softplus: operation('Softplus'),
  softmax: operation('Softmax'),
}

/** A number in the type of a value. */
function number(graph: GraphBuilder, { dtype }: GraphValue, value: number): GraphValue {
  return graph.cast(graph.constant('float32', [], [value]), dtype)
}

/** The compiled form of an activation. */
export function lowerActivation(graph: GraphBuilder, activation: Activation, value: GraphValue): GraphValue {
  return lowerings[activation](graph, value)
}
