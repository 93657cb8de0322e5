import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { fromShownBytes, toShownBytes, type Preprocessing } from '@shared/data/preprocessing'
import { ExportFormat } from '@shared/ipc/look'
import { chain } from '@shared/network/chain'
import { Graph } from '../graph/graph'
import { samplesInput } from '../graph/input'
import { GraphSession } from '../graph/session'
import { openInference } from '../model/inference'
import { makeNetworkModel } from '../model/network-model'
import { seededRandom } from '../random'
import { exportNetwork } from '../save/export'
import { temporaryFolder } from '../testing/idx-files'
import { finishedRun } from '../testing/run-record'
import { toInputs } from './preprocess'

const threeChannels = { mean: [0.4914, 0.4822, 0.4465], deviation: [0.2023, 0.1994, 0.201] }

/** All that data sets ask for: everyone who prepares samples must come to the same numbers. */
const cases: [string, Preprocessing][] = [
  ['bytes', { shape: [4, 5, 3], divisor: 255 }],
  ['bytes, normalized by channel', { shape: [4, 5, 3], divisor: 255, normalization: threeChannels }],
  ['bytes as they are', { shape: [4, 5, 3], divisor: 1 }],
  ['floats', { shape: [40, 2], divisor: 1, floats: { low: -1, high: 1 } }],
  [
    'floats of one channel, normalized',
    {
      shape: [3, 4, 4, 1],
      divisor: 1000,
      normalization: { mean: [0.3], deviation: [0.7] },
      floats: { low: -500, high: 3000 },
    },
  ],
]

const count = 6

function samples({ shape, floats }: Preprocessing) {
  const random = seededRandom(4)
  const size = shape.reduce((product, length) => product * length, 1)
  const { low, high } = floats ?? { low: 0, high: 0 }
  const values = floats
    ? Float32Array.from({ length: count * size }, () => low + (random.next() / 2 ** 32) * (high - low))
    : Uint8Array.from({ length: count * size }, () => random.below(256))
  return { count, values }
}

/** By more than a few roundings to float32: TensorFlow multiplies by the reciprocal of a constant instead of dividing. */
function differs(one: number, other: number): boolean {
  return !(Math.abs(one - other) <= 5e-7 * Math.max(1, Math.abs(other)))
}

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

describe.each(cases)('the preprocessing of %s', (_what, preprocessing) => {
  const { shape, divisor, normalization } = preprocessing
  const channels = shape.at(-1)!

  it('computes what it says', () => {
    const { values } = samples(preprocessing)
    const inputs = toInputs(values, preprocessing)
    for (const [at, value] of values.entries()) {
      const { mean, deviation } = normalization ?? { mean: [], deviation: [] }
      const expected = (value / divisor - (mean[at % channels] ?? 0)) / (deviation[at % channels] ?? 1)
      expect(differs(inputs[at]!, expected)).toBe(false)
    }
  })

  it('gives the same numbers within a compiled graph', () => {
    const graph = new Graph()
    const { inputs, prepared } = samplesInput(graph, preprocessing)
    const output = graph.op('Identity', [prepared])
    const session = new GraphSession(graph, { prepare: { inputs: { inputs }, outputs: { output } } })
    const { values } = samples(preprocessing)
    const type = values instanceof Uint8Array ? 'uint8' : 'float32'
    const found = session.run('prepare', { inputs: { type, shape: [count, ...shape], values } })['output']
    session.dispose()
    const expected = toInputs(values, preprocessing)
    expect(found?.values).toHaveLength(expected.length)
    expect(expected.filter((value, at) => differs(value, found!.values[at]!))).toHaveLength(0)
  })

  const kinds = { 2: 'sequence-input', 3: 'input', 4: 'volume-input' } as const
  const network = chain(
    [kinds[shape.length as 2 | 3 | 4], { shape }],
    ['flatten'],
    ['dense', { units: 3, activation: 'softmax' }],
  )

  it('is the same in the eager network, the compiled one and every export', async () => {
    const model = makeNetworkModel(network, preprocessing, { seed: 2 })
    const weights = model.readWeights()
    model.dispose()
    const inference = openInference(network, preprocessing, weights)
    const record = finishedRun({ network, classes: ['a', 'b', 'c'], preprocessing })
    const trained = {
      record,
      step: 1,
      predict: (own: Parameters<typeof inference.predict>[0]) => inference.predict(own),
      answers: (own: Parameters<typeof inference.predict>[0]) => inference.answers(own),
      listWeights: () => inference.listWeights(),
      readWeights: () => weights,
    }
    for (const format of ExportFormat.options) {
      const order = { format, target: join(folder.path, format), name: 'it' }
      const { proof } = await exportNetwork(trained, undefined, order)
      expect(proof.maxDifference).toBeLessThan(1e-5)
      // The check would tell: the files say something else than the network does.
      const other = openInference(network, { ...preprocessing, divisor: divisor * 3 }, weights)
      const wrong = { ...trained, answers: (own: Parameters<typeof other.predict>[0]) => other.answers(own) }
      await expect(exportNetwork(wrong, undefined, order)).rejects.toMatchObject({ code: 'export-differs' })
      other.dispose()
    }
    inference.dispose()
  })

  it('shows samples as bytes, and takes such bytes back', () => {
    const { values } = samples(preprocessing)
    const shown = toShownBytes(values, preprocessing)
    const back = fromShownBytes(shown, preprocessing)
    const { low, high } = preprocessing.floats ?? { low: 0, high: 255 }
    for (const [at, value] of values.entries()) {
      expect(Math.abs(back[at]! - value)).toBeLessThanOrEqual(preprocessing.floats ? (high - low) / 509 : 0)
    }
  })
})
