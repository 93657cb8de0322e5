import type { Preprocessing } from '@shared/data/preprocessing'
import type { GraphValue } from '@shared/graph/value'
import type { Graph } from './graph'

/**
 * Where samples come into a graph: `inputs` takes them as a data set keeps them (uint8 `[batch, …shape]`, a quarter of
 * the bytes of float32), `prepared` is what the network gets, float32. The same arithmetic as `toInputs`.
 */
export function samplesInput(
  graph: Graph,
  { shape, divisor }: Preprocessing,
): { inputs: GraphValue; prepared: GraphValue } {
  const inputs = graph.placeholder('inputs', 'uint8', [-1, ...shape])
  const values = graph.cast(inputs, 'float32')
  return { inputs, prepared: graph.op('RealDiv', [values, graph.scalar(divisor)]) }
}
