import type { GraphBuilder } from '../graph/builder'
import type { GraphValue } from '../graph/value'

/** The activations that a layer can carry itself, by their Keras names. */
export const activations = ['linear', 'relu', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus', 'softmax'] as const
export type Activation = (typeof activations)[number]

/** TensorFlow's operation for each activation; `linear` needs none. */
const operations: Readonly<Record<Activation, string | undefined>> = {
  linear: undefined,
  relu: 'Relu',
  elu: 'Elu',
  selu: 'Selu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  softplus: 'Softplus',
  softmax: 'Softmax',
}

/** The compiled form of an activation. */
export function lowerActivation(graph: GraphBuilder, activation: Activation, value: GraphValue): GraphValue {
  const operation = operations[activation]
  return operation ? graph.op(operation, [value]) : value
}
