import { defineLayer } from '../define'
import { int, real } from '../params'
import { reshaped } from '../reshape'
import { gives, sizeOf, type Shape } from '../shape'

/**
 * A row of learned values for each whole number: for letters, tokens or bytes, which mean something but measure nothing
 * (Bengio et al., "A neural probabilistic language model", 2003). What comes in was brought to the range from 0 to 1 like all
 * samples; times `scale` and rounded, it is the number again. Numbers that there are no rows for are taken for the last one.
 */
export default defineLayer({
  kind: 'embedding',
  category: 'recurrent',
  icon: 'book-a',
  params: {
    numbers: int({ initial: 256, min: 1, max: 1_000_000 }),
    size: int({ initial: 16, min: 1, max: 4096 }),
    scale: real({ initial: 255, min: 0.001, max: 1_000_000, step: 1 }),
  },
  inputs: { min: 1, max: 1, ranks: [1, 2] },
  outShape: ({ size }, [input = []]) => gives(...out(size, input)),
  weights: ({ numbers, size }) => ({ trainable: numbers * size, frozen: 0 }),
  endsGradient: true,
  // Rows are looked up, nothing is multiplied.
  macs: () => 0,
  summary: ({ numbers, size }) => `${numbers} → ${size}`,
  tfjs: ({ numbers, size, scale }, [input = []]) => ({
    // Frameworks cut off behind the point, which is rounding once a half was added, and know no number without a row.
    before: [
      { className: 'Rescaling', config: { scale, offset: 0.5 } },
      { className: 'ReLU', config: { maxValue: numbers - 1 } },
    ],
    className: 'Embedding',
    config: { inputDim: numbers, outputDim: size },
    // The rows of a place's channels side by side.
    ...(input.length > 1 ? { after: [{ className: 'Reshape', config: { targetShape: out(size, input) } }] } : {}),
  }),
  lower: (graph, { numbers, size, scale }, [input], [shape = []]) => {
    if (!input) throw new Error('an embedding needs an input')
    // In half precision, whole numbers above 256 would not be told apart.
    const exact = graph.cast(graph.exact(input), 'float32')
    const scaled = graph.op('Mul', [exact, graph.constant('float32', [], [scale])])
    const numbered = graph.cast(graph.op('AddV2', [scaled, graph.constant('float32', [], [0.5])]), 'int32')
    const least = graph.op('Maximum', [numbered, graph.constant('int32', [], [0])])
    const number = graph.op('Minimum', [least, graph.constant('int32', [], [numbers - 1])])
    const weights = graph.weight('embeddings', [numbers, size])
    const rows = graph.op('GatherV2', [weights, number, graph.constant('int32', [], [0])], {
      Tparams: { type: weights.dtype },
      Tindices: { type: 'int32' },
      Taxis: { type: 'int32' },
    })
    return reshaped(graph, rows, out(size, shape))
  },
  examples: [
    { values: { numbers: 256, size: 16, scale: 255 }, inputs: [[40, 1]], out: [40, 16], weights: 4096 },
    { values: { numbers: 30, size: 4, scale: 255 }, inputs: [[7, 3]], out: [7, 12], weights: 120 },
    { values: { numbers: 10, size: 3, scale: 9 }, inputs: [[6]], out: [6, 3], weights: 30 },
  ],
})

/** A row of values is a sequence of numbers; a sequence's channels are numbers that stand at the same place. */
function out(size: number, input: Shape): number[] {
  return [input[0] ?? 0, size * sizeOf(input.slice(1))]
}
