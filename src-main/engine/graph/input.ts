import { arithmeticOf, type Preprocessing } from '@shared/data/preprocessing'
import type { GraphValue } from '@shared/graph/value'
import type { Graph } from './graph'

/**
 * Where samples come into a graph: `inputs` takes them as a data set keeps them (`[batch, …shape]`, bytes as uint8, a
 * quarter of what float32 takes), `prepared` is what the network gets, float32. The same numbers as `toInputs`.
 */
export function samplesInput(graph: Graph, preprocessing: Preprocessing): { inputs: GraphValue; prepared: GraphValue } {
  const type = preprocessing.floats ? 'float32' : 'uint8'
  const inputs = graph.placeholder('inputs', type, [-1, ...preprocessing.shape])
  return { inputs, prepared: addPreprocessing(graph, graph.cast(inputs, 'float32'), preprocessing) }
}

/** Prepares samples, float32 `[batch, …shape]`, within a graph. */
export function addPreprocessing(graph: Graph, samples: GraphValue, preprocessing: Preprocessing): GraphValue {
  return arithmeticOf(preprocessing).reduce((values, { operation, by }) => {
    const [first = 0] = by
    const operand =
      by.length === 1 ? graph.scalar(first) : graph.constant({ dtype: 'float32', shape: [by.length], values: [...by] })
    return graph.op(operation === 'divide' ? 'RealDiv' : 'Sub', [values, operand])
  }, samples)
}
